package io.httptrace.apache;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connects and upgrades connections. For a traced call it is the client's own operator, with a
 * resolver and TLS that tell the call's dial; they are made for it, so that no other call can be
 * told.
 */
final class ApacheAsyncOperator implements AsyncClientConnectionOperator {
  private final ApacheAsyncManagerBuilder operators;
  private final AsyncClientConnectionOperator untraced;
  private final TlsStrategy tls;
  private final @Nullable SchemePortResolver ports;
  private final @Nullable DnsResolver names;

  /**
   * Makes one.
   *
   * @param operators makes operators
   * @param tls the client's TLS
   * @param ports the client's default ports; null for the usual ones
   * @param names the client's resolver; null for the default one
   */
  ApacheAsyncOperator(
      ApacheAsyncManagerBuilder operators,
      TlsStrategy tls,
      @Nullable SchemePortResolver ports,
      @Nullable DnsResolver names) {
    this.operators = operators;
    this.untraced = operators.ownOperator(tls, ports, names);
    this.tls = tls;
    this.ports = ports;
    this.names = names;
  }

  private static @Nullable ApacheDial dial(@Nullable HttpContext context, boolean connects) {
    ApacheCall call = ApacheCall.in(context);
    ApacheRoundTrip roundTrip = call == null ? null : call.current();
    if (call == null || roundTrip == null) {
      return null;
    }
    ApacheDial known = roundTrip.dial();
    return connects || known == null ? roundTrip.beginDial(call.connections().newId()) : known;
  }

  private AsyncClientConnectionOperator telling(ApacheDial dial) {
    return operators.ownOperator(
        new ApacheAsyncTls(tls, dial), ports, new ApacheDnsResolver(names, dial));
  }

  private static ConnectionInitiator telling(ConnectionInitiator initiator, ApacheDial dial) {
    return (endpoint, remote, local, timeout, attachment, callback) -> {
      if (!(remote instanceof InetSocketAddress)) {
        return initiator.connect(endpoint, remote, local, timeout, attachment, callback);
      }
      dial.connectStart(remote);
      try {
        return initiator.connect(
            endpoint, remote, local, timeout, attachment, new Connected(callback, dial));
      } catch (RuntimeException failed) {
        dial.connectDone(failed);
        throw failed;
      }
    };
  }

  private record Connected(FutureCallback<IOSession> callback, ApacheDial dial)
      implements FutureCallback<IOSession> {
    @Override
    public void completed(IOSession session) {
      dial.connectDone(null);
      callback.completed(session);
    }

    @Override
    public void failed(Exception cause) {
      dial.connectDone(cause);
      callback.failed(cause);
    }

    @Override
    public void cancelled() {
      dial.connectDone(new CancellationException());
      callback.cancelled();
    }
  }

  // ---- What the connection manager calls: one of these, as its version is.

  @Override
  public Future<ManagedAsyncClientConnection> connect(
      ConnectionInitiator connectionInitiator,
      HttpHost host,
      SocketAddress localAddress,
      Timeout connectTimeout,
      Object attachment,
      FutureCallback<ManagedAsyncClientConnection> callback) {
    return untraced.connect(
        connectionInitiator, host, localAddress, connectTimeout, attachment, callback);
  }

  @Override
  public Future<ManagedAsyncClientConnection> connect(
      ConnectionInitiator connectionInitiator,
      HttpHost endpointHost,
      NamedEndpoint endpointName,
      SocketAddress localAddress,
      Timeout connectTimeout,
      Object attachment,
      HttpContext context,
      FutureCallback<ManagedAsyncClientConnection> callback) {
    ApacheDial dial = dial(context, true);
    AsyncClientConnectionOperator operator = dial == null ? untraced : telling(dial);
    return operator.connect(
        dial == null ? connectionInitiator : telling(connectionInitiator, dial),
        endpointHost,
        endpointName,
        localAddress,
        connectTimeout,
        attachment,
        context,
        callback);
  }

  /** Since version 5.6. Of sockets of a path nothing is told. */
  @Override
  public Future<ManagedAsyncClientConnection> connect(
      ConnectionInitiator connectionInitiator,
      HttpHost endpointHost,
      Path unixDomainSocket,
      NamedEndpoint endpointName,
      SocketAddress localAddress,
      Timeout connectTimeout,
      Object attachment,
      HttpContext context,
      FutureCallback<ManagedAsyncClientConnection> callback) {
    ApacheDial dial = dial(context, true);
    AsyncClientConnectionOperator operator = dial == null ? untraced : telling(dial);
    return operator.connect(
        dial == null ? connectionInitiator : telling(connectionInitiator, dial),
        endpointHost,
        unixDomainSocket,
        endpointName,
        localAddress,
        connectTimeout,
        attachment,
        context,
        callback);
  }

  @Override
  public void upgrade(ManagedAsyncClientConnection conn, HttpHost host, Object attachment) {
    untraced.upgrade(conn, host, attachment);
  }

  @Override
  public void upgrade(
      ManagedAsyncClientConnection conn,
      HttpHost endpointHost,
      NamedEndpoint endpointName,
      Object attachment,
      HttpContext context,
      FutureCallback<ManagedAsyncClientConnection> callback) {
    ApacheDial dial = dial(context, false);
    (dial == null ? untraced : telling(dial))
        .upgrade(conn, endpointHost, endpointName, attachment, context, callback);
  }
}
