package io.httptrace.client.call;

import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.exchange.ExchangeFailure;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a call has been sent once more for. If the server has said that it has not processed the
 * request there are pauses before it is asked again: none at first, and then ever longer ones, as
 * in Go. Used on the strand.
 */
final class Retries {
  private static final int MAX = 6;

  /** Against going round forever; each time something must have happened to the connection. */
  private static final int MAX_UNSENT = 100;

  private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Clock clock;
  private final Strand strand;
  private List<Throwable> causes = List.of();
  private int count;
  private int unsent;
  private @Nullable Runnable next;
  private Clock.Timer timer = Clock.Timer.NONE;

  Retries(Clock clock, Strand strand) {
    this.clock = clock;
    this.strand = strand;
  }

  /** {@return whether the server is asked again} */
  boolean tolerable() {
    return count < MAX && unsent < MAX_UNSENT;
  }

  /**
   * Sends the request once more, now or after a pause.
   *
   * @param failure why
   * @param again sends it
   */
  void retry(ExchangeFailure failure, Runnable again) {
    Throwable error = failure.error();
    causes = Stream.concat(causes.stream(), Stream.of(error)).toList();
    if (!RetryPolicy.isUnprocessed(error)) {
      again.run();
    } else if (failure.written()) {
      refused(again);
    } else {
      notSent(again);
    }
  }

  /** Tells in an error, which ends the call, what has failed before. */
  void suppressIn(Throwable error) {
    causes.forEach(error::addSuppressed);
  }

  /**
   * The request could not be sent on the connection it was given, as when that was found to be
   * silent in the same moment. The server has refused nothing, so there is no pause.
   *
   * @param again sends it on another connection
   */
  void notSent(Runnable again) {
    unsent++;
    again.run();
  }

  /**
   * The server has refused the request.
   *
   * @param again asks it again, now or after a pause
   */
  void refused(Runnable again) {
    count++;
    if (count == 1) {
      again.run();
      return;
    }
    next = again;
    timer = clock.schedule(() -> strand.execute(this::resume), FIRST_PAUSE_NANOS << (count - 2));
  }

  private void resume() {
    Runnable again = next;
    next = null;
    if (again != null) {
      again.run();
    }
  }

  /** Ends a pause, and what would follow it. {@return whether there was one} */
  boolean stop() {
    boolean pausing = next != null;
    next = null;
    timer.stop();
    return pausing;
  }
}
