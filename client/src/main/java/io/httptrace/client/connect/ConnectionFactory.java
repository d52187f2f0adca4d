package io.httptrace.client.connect;

import io.httptrace.client.h2c.UpgradingConnection;
import io.httptrace.client.http1.Http1Connection;
import io.httptrace.client.http2.Http2Connection;
import io.httptrace.client.pool.NegotiatedTls;
import io.httptrace.client.pool.PooledConnection;
import io.httptrace.client.route.HttpVersions;
import io.httptrace.client.route.PoolKey;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Makes a connection of a channel that has been dialled: chooses the protocol that it speaks.
 *
 * @param key what the connection can be used for
 * @param settings what it has to know
 */
record ConnectionFactory(PoolKey key, DialSettings settings) {

  /**
   * {@return the connection, on the channel's event loop}
   *
   * @param id its id
   * @param channel the channel, connected, and after the TLS handshake if there is one
   * @param tls what TLS negotiated, or null
   */
  PooledConnection on(long id, Channel channel, @Nullable NegotiatedTls tls) {
    if (speaksHttp2(tls)) {
      return Http2Connection.on(key, id, channel, tls, settings.http2());
    }
    Http1Connection http1 = Http1Connection.on(key, id, channel, tls, settings.maxHeadBytes());
    return key.versions() == HttpVersions.HTTP_2_BY_UPGRADE
        ? new UpgradingConnection(http1, settings.http2())
        : http1;
  }

  private boolean speaksHttp2(@Nullable NegotiatedTls tls) {
    return switch (key.versions()) {
      case HTTP_1_1, HTTP_2_BY_UPGRADE -> false;
      case BY_ALPN -> tls != null && tls.state().applicationProtocol().equals(TlsConfig.HTTP_2);
      case HTTP_2_PRIOR_KNOWLEDGE -> true;
    };
  }
}
