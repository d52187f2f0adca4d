package io.httptrace.client.call;

import io.httptrace.client.exchange.ExchangeSettings;
import io.httptrace.client.netty.Clock;
import io.httptrace.client.pool.ConnectionPool;
import java.util.concurrent.Executor;

/**
 * What all calls of a client share.
 *
 * @param pool gives connections
 * @param proxies chooses proxies
 * @param clock sets timers
 * @param executor runs what is the caller's; must not reject
 * @param exchanges the settings of exchanges
 * @param keepAlive whether connections are used again
 * @param compression whether to ask for gzip and to undo it
 */
public record CallEnvironment(
    ConnectionPool pool,
    ProxyChoice proxies,
    Clock clock,
    Executor executor,
    ExchangeSettings exchanges,
    boolean keepAlive,
    boolean compression) {}
