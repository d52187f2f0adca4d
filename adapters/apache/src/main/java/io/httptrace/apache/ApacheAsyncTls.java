package io.httptrace.apache;

import io.httptrace.adapter.TlsStates;
import java.net.SocketAddress;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLSession;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.TlsDetails;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * TLS that tells a dial of its handshake.
 *
 * @param tls does it
 * @param dial the dial
 */
record ApacheAsyncTls(TlsStrategy tls, ApacheDial dial) implements TlsStrategy {
  @Override
  @SuppressWarnings("deprecation") // The interface has it; the client uses the other one.
  public boolean upgrade(
      TransportSecurityLayer sessionLayer,
      HttpHost host,
      SocketAddress localAddress,
      SocketAddress remoteAddress,
      Object attachment,
      Timeout handshakeTimeout) {
    return tls.upgrade(
        sessionLayer, host, localAddress, remoteAddress, attachment, handshakeTimeout);
  }

  @Override
  public void upgrade(
      TransportSecurityLayer sessionLayer,
      NamedEndpoint endpoint,
      Object attachment,
      Timeout handshakeTimeout,
      @Nullable FutureCallback<TransportSecurityLayer> callback) {
    dial.handshakeStart();
    try {
      tls.upgrade(
          sessionLayer,
          endpoint,
          attachment,
          handshakeTimeout,
          new Secured(dial, endpoint.getHostName(), sessionLayer, callback));
    } catch (RuntimeException failed) {
      dial.handshakeDone(null, failed);
      throw failed;
    }
  }

  private record Secured(
      ApacheDial dial,
      String host,
      TransportSecurityLayer layer,
      @Nullable FutureCallback<TransportSecurityLayer> callback)
      implements FutureCallback<TransportSecurityLayer> {
    @Override
    public void completed(TransportSecurityLayer result) {
      TlsDetails details = layer.getTlsDetails();
      SSLSession session = details == null ? null : details.getSSLSession();
      String alpn = details == null ? null : details.getApplicationProtocol();
      dial.handshakeDone(
          session == null
              ? null
              : TlsStates.of(
                  session,
                  alpn == null ? "" : alpn,
                  ApacheDnsResolver.isLiteral(host) ? "" : host,
                  dial.handshakeStartMillis()),
          null);
      if (callback != null) {
        callback.completed(result);
      }
    }

    @Override
    public void failed(Exception cause) {
      dial.handshakeDone(null, cause);
      if (callback != null) {
        callback.failed(cause);
      }
    }

    @Override
    public void cancelled() {
      dial.handshakeDone(null, new CancellationException());
      if (callback != null) {
        callback.cancelled();
      }
    }
  }
}
