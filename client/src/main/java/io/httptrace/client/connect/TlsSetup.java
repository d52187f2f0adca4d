package io.httptrace.client.connect;

import io.httptrace.client.netty.Pipelines;
import io.httptrace.client.route.PoolKey;
import io.httptrace.client.route.ProxyServer;
import io.netty.channel.Channel;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/**
 * Makes handshakes.
 *
 * @param config makes engines
 * @param blocking runs what takes long in a handshake
 */
record TlsSetup(TlsConfig config, Executor blocking) {

  TlsHandshake withTarget(Channel channel, PoolKey key) {
    SSLEngine engine = config.engine(channel.alloc(), key.host(), key.port(), key.versions());
    return new TlsHandshake(channel, engine, key.hostPort(), Pipelines.TlsPeer.TARGET, blocking)
        .checking(config.nameToCheck(key.host()));
  }

  TlsHandshake withProxy(Channel channel, ProxyServer proxy) {
    SSLEngine engine = config.proxyEngine(channel.alloc(), proxy.host(), proxy.port());
    return new TlsHandshake(channel, engine, proxy.hostPort(), Pipelines.TlsPeer.PROXY, blocking)
        .checking(config.nameToCheck(proxy.host()));
  }
}
