package io.httptrace.client.exchange;

import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.hooks.RequestTrace;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What an exchange runs in.
 *
 * @param strand the strand of the call, which owns the state of the exchange
 * @param executor gives threads to the publisher of the request's body
 * @param trace the hooks of the round trip
 * @param clock sets timers
 * @param settings the settings
 */
public record ExchangeContext(
    Strand strand, Executor executor, RequestTrace trace, Clock clock, ExchangeSettings settings) {

  /** How long an end of the response waits for the end of the request, as in Go. */
  private static final long WRITER_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** How long an end of the response waits for a reader who has not asked for it. */
  private static final long END_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How long a failure to write waits for a response that may be there all the same. */
  private static final long RESPONSE_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Gives up the rest of the request, on the strand, if it is not written in time. */
  Clock.Timer afterWriterGrace(Runnable giveUp) {
    return after(WRITER_GRACE_NANOS, giveUp);
  }

  /** Delivers the end of the response, on the strand, if its reader does not ask for it in time. */
  Clock.Timer afterEndGrace(Runnable deliver) {
    return after(END_GRACE_NANOS, deliver);
  }

  /** Fails a request that cannot be written, on the strand, if there is no response in time. */
  Clock.Timer afterResponseGrace(Runnable fail) {
    return after(RESPONSE_GRACE_NANOS, fail);
  }

  /** Runs a task on the strand after a while. */
  Clock.Timer after(long nanos, Runnable task) {
    return clock.schedule(() -> strand.execute(task), nanos);
  }
}
