package io.httptrace.cli.measure;

import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.gate.RequestFigures;
import io.httptrace.cli.options.LoadPlan.Connections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of many requests to one target. Requests are added on any thread, until it is
 * {@linkplain #close closed}; it is read after that. Takes the same memory for any number of them.
 */
public final class Measurement {
  private final FigureDurations cold = new FigureDurations();
  private final FigureDurations warm = new FigureDurations();
  private final ErrorCounts errors = new ErrorCounts();
  private final Map<Integer, Long> statuses = new TreeMap<>();
  private final SortedSet<String> protocols = new TreeSet<>();
  private long requests;
  private long failed;
  private long opened;
  private long reused;
  private long resumed;
  private long sent;
  private long received;
  private long content;
  private boolean closed;

  /** Makes one without requests. */
  public Measurement() {}

  /** Adds a request that is over. It can fail without an error, by its status. */
  synchronized void add(
      RequestFigures figures,
      RequestFacts facts,
      @Nullable Failure failure,
      @Nullable Throwable error) {
    if (closed) {
      return;
    }
    requests++;
    opened += facts.opened;
    reused += facts.reused;
    resumed += facts.resumed;
    sent += facts.sent;
    received += facts.received;
    content += facts.content;
    if (!facts.protocol.isEmpty()) {
      protocols.add(facts.protocol);
    }
    if (facts.status != 0) {
      statuses.merge(facts.status, 1L, Long::sum);
    }
    if (failure != null) {
      failed++;
      errors.add(failure, error);
    } else {
      (facts.cold() ? cold : warm).add(figures);
    }
  }

  /** Ends it: what is added later does not count. */
  public synchronized void close() {
    closed = true;
  }

  /** {@return how many requests are over} */
  public synchronized long requests() {
    return requests;
  }

  /** {@return how many of them failed} */
  public synchronized long failed() {
    return failed;
  }

  /** {@return the failure of the first one that failed, or null} */
  public synchronized @Nullable Failure firstFailure() {
    List<ErrorCounts.Entry> all = errors.all();
    return all.isEmpty() ? null : all.get(0).first();
  }

  /**
   * {@return the durations of the requests that count}
   *
   * @param connections which ones count
   */
  synchronized FigureDurations counted(Connections connections) {
    return connections == Connections.WARM ? warm : cold.with(warm);
  }

  synchronized FigureDurations cold() {
    return cold;
  }

  synchronized FigureDurations warm() {
    return warm;
  }

  synchronized List<ErrorCounts.Entry> errors() {
    return errors.all();
  }

  synchronized Map<Integer, Long> statuses() {
    return new TreeMap<>(statuses);
  }

  synchronized List<String> protocols() {
    return new ArrayList<>(protocols);
  }

  synchronized Traffic traffic() {
    return new Traffic(opened, reused, resumed, sent, received, content);
  }

  /**
   * Connections and bytes.
   *
   * @param opened how many connections were opened for the requests
   * @param reused how often one was used again
   * @param resumed on how many of them TLS resumed a session
   * @param sent bytes below TLS
   * @param received bytes below TLS
   * @param content bytes of bodies
   */
  record Traffic(long opened, long reused, long resumed, long sent, long received, long content) {}
}
