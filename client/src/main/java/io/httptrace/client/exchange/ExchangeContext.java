package io.httptrace.client.exchange;

import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.hooks.RequestTrace;
import java.util.concurrent.Executor;

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

  /** Runs a task on the strand after a while. */
  Clock.Timer after(long nanos, Runnable task) {
    return clock.schedule(() -> strand.execute(task), nanos);
  }
}
