package io.httptrace.okhttp;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.Hook;
import java.io.IOException;

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

  private final ClientTrace trace;
  private final ThrowingHooks failures;
  private final long requestId = EventStamp.newRequestId();

  CallHooks(ClientTrace trace, ThrowingHooks failures) {
    this.trace = trace;
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
      fired.on(trace);
    } catch (Throwable thrown) {
      failures.log(trace, hook, thrown);
    } finally {
      EventStamp.exit();
    }
  }
}
