package io.httptrace.client.connect;

import io.httptrace.client.pool.PoolKey;
import io.netty.channel.Channel;
import java.util.concurrent.Executor;

/**
 * Makes handshakes.
 *
 * @param config makes engines
 * @param blocking runs what takes long in a handshake
 */
record TlsSetup(TlsConfig config, Executor blocking) {

  TlsHandshake handshake(Channel channel, PoolKey key) {
    return new TlsHandshake(
        channel, config.engine(key.host(), key.port()), key.hostPort(), blocking);
  }
}
