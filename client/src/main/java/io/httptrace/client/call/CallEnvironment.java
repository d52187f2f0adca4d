package io.httptrace.client.call;

import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.exchange.ExchangeSettings;
import io.httptrace.client.followups.Policies;
import io.httptrace.client.pool.ConnectionPool;
import io.httptrace.client.request.RequestDefaults;
import io.httptrace.client.route.ProxyFinder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What all calls of a client share.
 *
 * @param pool gives connections
 * @param proxies chooses proxies
 * @param clock sets timers
 * @param executor runs what is the caller's; must not reject
 * @param spare runs what may block while a caller waits who may have the executor's only thread
 * @param completions completes the futures of calls that run wherever there is news of them
 * @param exchanges the settings of exchanges
 * @param requests what requests say of themselves
 * @param policies what follows a response
 */
public record CallEnvironment(
    ConnectionPool pool,
    ProxyFinder proxies,
    Clock clock,
    Executor executor,
    Executor spare,
    Executor completions,
    ExchangeSettings exchanges,
    RequestDefaults requests,
    Policies policies) {
  private static final Executor BY_DEFAULT = new CompletableFuture<>().defaultExecutor();

  /**
   * {@return what completes the future of a call}
   *
   * @param prompt whether the call runs wherever there is news of it
   */
  Executor completionsFor(boolean prompt) {
    return prompt ? completions : BY_DEFAULT;
  }

  /**
   * {@return what runs code of the caller's beside the strand of a call}
   *
   * @param hosted whether the caller waits
   */
  Executor executorFor(boolean hosted) {
    return hosted ? spare : executor;
  }
}
