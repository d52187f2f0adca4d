package io.httptrace.conformance.log;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.TraceContext;
import io.httptrace.conformance.error.ErrorClassifier;
import io.httptrace.conformance.error.ErrorSite;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records one request: its hooks, through {@link #trace()}, and the results for its caller. */
public final class RequestLog {

  /** An action inside a hook, after the hook has been recorded. */
  @FunctionalInterface
  public interface HookAction {
    /**
     * Acts.
     *
     * @throws IOException to throw from the hook; only {@code got1xxResponse} can
     */
    void act() throws IOException;
  }

  private final TraceLog log;
  private final String id;
  private final IdentityHashMap<Throwable, String> reported = new IdentityHashMap<>();
  private final Set<String> ownFields = ConcurrentHashMap.newKeySet();
  private final List<Planned> actions = new CopyOnWriteArrayList<>();
  private volatile boolean deadline;

  RequestLog(TraceLog log, String id) {
    this.log = log;
    this.id = id;
  }

  /** {@return a trace that records every hook, for a request with one trace} */
  public ClientTrace trace() {
    return recorded(0);
  }

  /**
   * {@return a trace that records every hook, for a request with several}
   *
   * @param number its number: 1 for the one that is registered first
   */
  public ClientTrace trace(int number) {
    return recorded(number);
  }

  /**
   * The recorder comes first, so that what happens inside a hook comes after the hook there too.
   */
  private ClientTrace recorded(int number) {
    TraceRecorder recorder = new TraceRecorder();
    log.addRecorder(prefix(number).substring(0, prefix(number).length() - 1), recorder);
    ClientTrace both =
        TraceContext.empty()
            .withClientTrace(new RecordingTrace(this, number))
            .withClientTrace(recorder)
            .clientTrace();
    return requireNonNull(both);
  }

  /**
   * Sets the names of the fields that the caller has set. A field that clients also add by
   * themselves is recorded only if it is one of them.
   *
   * @param names the names
   */
  public void ownFields(List<String> names) {
    names.forEach(name -> ownFields.add(name.toLowerCase(Locale.ROOT)));
  }

  /** Says that the caller has set a time limit for the request. */
  public void hasDeadline() {
    deadline = true;
  }

  /**
   * Plans an action inside a hook.
   *
   * @param hook the name of the hook
   * @param nth at which of its calls, from 1
   * @param traceNumber in which trace; 0 for the only one
   * @param action the action
   */
  public void at(String hook, int nth, int traceNumber, HookAction action) {
    actions.add(new Planned(hook, nth, traceNumber, action));
  }

  /**
   * Marks that the head of the response has been returned.
   *
   * @param status its status
   * @param protocol its protocol
   */
  public void roundTripReturned(int status, String protocol) {
    log.add(id + ".roundTripReturned(" + status + " " + protocol + ")");
  }

  /**
   * Marks that the request has failed.
   *
   * @param error the error for the caller
   */
  public void roundTripReturned(Throwable error) {
    log.add(id + ".roundTripReturned(err=" + word(error, ErrorSite.REQUEST) + ")");
  }

  /**
   * Marks that the caller has read as much of the body as it wants, or can.
   *
   * @param bytes how many bytes it has got
   * @param error why it got no more, or null
   */
  public void bodyDone(long bytes, @Nullable Throwable error) {
    log.add(id + ".bodyDone(bytes=" + bytes + " err=" + word(error, ErrorSite.BODY) + ")");
  }

  /** Marks that the caller has closed the body. */
  public void bodyClosed() {
    log.add(id + ".bodyClosed");
  }

  void hook(int traceNumber, Hook hook, String arguments) {
    log.called(hook);
    String event = prefix(traceNumber) + hook + arguments;
    if (hook.isOfGo()) {
      log.add(event);
    } else {
      log.addBeyondGo(event);
    }
  }

  void supports(@Nullable HookSupport support) {
    if (support != null) {
      log.supports(support);
    }
  }

  /** Must be called after {@link #hook}, so that events of the action come later in the log. */
  void act(int traceNumber, String hook, int nth) throws IOException {
    for (Planned planned : actions) {
      if (planned.isFor(traceNumber, hook, nth)) {
        planned.action().act();
      }
    }
  }

  /** {@return whether the client has added a field by itself} */
  boolean addedByClient(String name, List<String> values) {
    String key = name.toLowerCase(Locale.ROOT);
    if (ownFields.contains(key)) {
      return false;
    }
    return switch (key) {
      case "user-agent", "accept", "accept-encoding", "connection" -> true;
      case "content-length" -> values.equals(List.of("0"));
      default -> false;
    };
  }

  String word(@Nullable Throwable error, ErrorSite site) {
    if (error == null) {
      return "none";
    }
    String word = classify(error, site);
    if (site != ErrorSite.REQUEST && site != ErrorSite.BODY) {
      synchronized (reported) {
        reported.putIfAbsent(error, word);
      }
    }
    return word;
  }

  private String classify(Throwable error, ErrorSite site) {
    IdentityHashMap<Throwable, String> soFar;
    synchronized (reported) {
      soFar = new IdentityHashMap<>(reported);
    }
    var context =
        new ErrorClassifier.Context(site, deadline, e -> Optional.ofNullable(soFar.get(e)));
    return log.errors().classify(error, context).orElseGet(() -> "other:" + describe(error));
  }

  /** An unknown error is shown with its types, so that a rule for it can be written. */
  private static String describe(Throwable error) {
    List<String> types = new ArrayList<>();
    for (Throwable e = error; e != null && types.size() < 6; e = e.getCause()) {
      types.add(e.getClass().getName());
    }
    return String.join("/", types);
  }

  private String prefix(int traceNumber) {
    return traceNumber == 0 ? id + "." : id + "/t" + traceNumber + ".";
  }

  private record Planned(String hook, int nth, int traceNumber, HookAction action) {
    boolean isFor(int number, String name, int call) {
      return traceNumber == number && hook.equals(name) && nth == call;
    }
  }
}
