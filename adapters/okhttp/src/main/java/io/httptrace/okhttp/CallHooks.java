package io.httptrace.okhttp;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.Hook;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of one call: the only class that calls a {@link ClientTrace}. What a hook throws is
 * logged and not passed on.
 */
final class CallHooks {
  /** Calls one hook. */
  @FunctionalInterface
  interface Fired {
    void on(ClientTrace trace) throws IOException;
  }

  private final @Nullable ClientTrace trace;
  private final @Nullable ClientTrace recorder;
  private final ThrowingHooks failures;
  private final long requestId = EventStamp.newRequestId();

  /**
   * Makes the hooks.
   *
   * @param trace the trace of the application; null if it has none
   * @param recorder is called after it, and kept apart: failures are logged once for each trace,
   *     which must not be another one each time
   * @param failures logs what hooks throw
   */
  CallHooks(@Nullable ClientTrace trace, @Nullable ClientTrace recorder, ThrowingHooks failures) {
    this.trace = trace;
    this.recorder = recorder;
    this.failures = failures;
  }

  /**
   * Calls a hook.
   *
   * @param at when it happened, by {@link System#nanoTime()}
   * @param roundTrip in which round trip
   * @param connection on which connection, or 0
   */
  void fire(Hook hook, long at, int roundTrip, long connection, Fired fired) {
    EventStamp.enter(at, requestId, roundTrip, connection);
    try {
      fire(hook, trace, fired);
      fire(hook, recorder, fired);
    } finally {
      EventStamp.exit();
    }
  }

  private void fire(Hook hook, @Nullable ClientTrace called, Fired fired) {
    if (called == null) {
      return;
    }
    try {
      fired.on(called);
    } catch (Throwable thrown) {
      failures.log(called, hook, thrown);
    }
  }
}
