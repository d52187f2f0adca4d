package io.httptrace.apache;

import io.httptrace.adapter.TlsStates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connects and upgrades connections. For a traced call it is the client's own operator, with a
 * resolver, sockets and TLS that tell the call's dial; they are made for it, so that no other call
 * can be told.
 */
final class ClassicOperator implements HttpClientConnectionOperator {
  private final HttpClientConnectionOperator untraced;
  private final @Nullable SchemePortResolver ports;
  private final @Nullable DnsResolver names;
  private final TlsSocketStrategy tls;

  private volatile boolean socks;

  /**
   * Makes one.
   *
   * @param untraced connects for calls that are not traced
   * @param ports the client's default ports; null for the usual ones
   * @param names the client's resolver; null for the default one
   * @param tls the client's TLS
   */
  ClassicOperator(
      HttpClientConnectionOperator untraced,
      @Nullable SchemePortResolver ports,
      @Nullable DnsResolver names,
      TlsSocketStrategy tls) {
    this.untraced = untraced;
    this.ports = ports;
    this.names = names;
    this.tls = tls;
  }

  /** {@return whether it has connected through a SOCKS proxy} */
  boolean hasSocksProxy() {
    return socks;
  }

  private HttpClientConnectionOperator connecting(HttpContext context, SocketConfig config) {
    if (config.getSocksProxyAddress() != null) {
      socks = true;
    }
    ApacheCall call = ApacheCall.in(context);
    ApacheRoundTrip roundTrip = call == null ? null : call.current();
    return call == null || roundTrip == null
        ? untraced
        : telling(roundTrip.beginDial(call.connections().newId()));
  }

  private HttpClientConnectionOperator upgrading(HttpContext context) {
    ApacheCall call = ApacheCall.in(context);
    ApacheRoundTrip roundTrip = call == null ? null : call.current();
    if (call == null || roundTrip == null) {
      return untraced;
    }
    ApacheDial dial = roundTrip.dial();
    return telling(dial == null ? roundTrip.beginDial(call.connections().newId()) : dial);
  }

  private HttpClientConnectionOperator telling(ApacheDial dial) {
    return new DefaultHttpClientConnectionOperator(
        proxy -> proxy == null ? new ClassicSocket(dial) : new ClassicSocket(proxy, dial),
        ports,
        new ApacheDnsResolver(names, dial),
        RegistryBuilder.<TlsSocketStrategy>create()
            .register(
                URIScheme.HTTPS.id,
                (socket, target, port, attachment, context) ->
                    handshake(dial, () -> tls.upgrade(socket, target, port, attachment, context)))
            .build());
  }

  private interface Handshake {
    SSLSocket shake() throws IOException;
  }

  private static SSLSocket handshake(ApacheDial dial, Handshake handshake) throws IOException {
    dial.handshakeStart();
    SSLSocket secure;
    try {
      secure = handshake.shake();
    } catch (IOException | RuntimeException failed) {
      dial.handshakeDone(null, failed);
      throw failed;
    }
    dial.handshakeDone(TlsStates.of(secure, dial.handshakeStartMillis()), null);
    return secure;
  }

  // ---- What the connection manager calls: one of these, as its version is.

  @Override
  public void connect(
      ManagedHttpClientConnection conn,
      HttpHost host,
      InetSocketAddress localAddress,
      TimeValue connectTimeout,
      SocketConfig socketConfig,
      HttpContext context)
      throws IOException {
    connecting(context, socketConfig)
        .connect(conn, host, localAddress, connectTimeout, socketConfig, context);
  }

  @Override
  public void connect(
      ManagedHttpClientConnection conn,
      HttpHost endpointHost,
      NamedEndpoint endpointName,
      InetSocketAddress localAddress,
      Timeout connectTimeout,
      SocketConfig socketConfig,
      Object attachment,
      HttpContext context)
      throws IOException {
    connecting(context, socketConfig)
        .connect(
            conn,
            endpointHost,
            endpointName,
            localAddress,
            connectTimeout,
            socketConfig,
            attachment,
            context);
  }

  /**
   * Since version 5.6. Sockets of a path do not connect as {@link Socket} does: nothing is told.
   */
  @Override
  public void connect(
      ManagedHttpClientConnection conn,
      HttpHost endpointHost,
      NamedEndpoint endpointName,
      Path unixDomainSocket,
      InetSocketAddress localAddress,
      Timeout connectTimeout,
      SocketConfig socketConfig,
      Object attachment,
      HttpContext context)
      throws IOException {
    connecting(context, socketConfig)
        .connect(
            conn,
            endpointHost,
            endpointName,
            unixDomainSocket,
            localAddress,
            connectTimeout,
            socketConfig,
            attachment,
            context);
  }

  @Override
  public void upgrade(ManagedHttpClientConnection conn, HttpHost host, HttpContext context)
      throws IOException {
    upgrading(context).upgrade(conn, host, context);
  }

  @Override
  public void upgrade(
      ManagedHttpClientConnection conn,
      HttpHost endpointHost,
      NamedEndpoint endpointName,
      Object attachment,
      HttpContext context)
      throws IOException {
    upgrading(context).upgrade(conn, endpointHost, endpointName, attachment, context);
  }
}
