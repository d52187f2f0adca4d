package io.httptrace.apache;

import io.httptrace.GotConnInfo;
import io.httptrace.IdleConnectionException;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.TlsStates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.EndpointInfo;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.ConnPoolSupport;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Identifiable;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** An endpoint that a traced call has leased. */
final class ClassicEndpoint extends ConnectionEndpoint implements Identifiable {
  private static final String OF_CLIENT = "org.apache.hc.client5.http.impl.io.";

  private final ConnectionEndpoint endpoint;
  private final HttpRoute route;
  private final ApacheCall call;
  private final boolean wasConnected;

  // Used by the call, and by the thread that cancels it.
  private volatile @Nullable HttpClientConnection connection;

  /**
   * Makes one.
   *
   * @param endpoint the endpoint as the connection manager knows it
   * @param route the route it has been leased for
   * @param call who has leased it
   */
  ClassicEndpoint(ConnectionEndpoint endpoint, HttpRoute route, ApacheCall call) {
    this.endpoint = endpoint;
    this.route = route;
    this.call = call;
    this.wasConnected = endpoint.isConnected();
  }

  /** {@return the endpoint as the connection manager knows it} */
  static ConnectionEndpoint behind(ConnectionEndpoint endpoint) {
    return endpoint instanceof ClassicEndpoint traced ? traced.endpoint : endpoint;
  }

  // ---- Getting the connection

  /**
   * The connection is ready. An endpoint shows it only to who executes a request on it; other
   * implementations than the client's might take that for one.
   */
  void connected(HttpContext context) throws IOException, HttpException {
    if (endpoint.getClass().getName().startsWith(OF_CLIENT)) {
      endpoint.execute(
          getId(),
          new BasicClassicHttpRequest(Method.OPTIONS, "*"),
          (request, shown, c) -> {
            got(shown);
            return null;
          },
          context);
    }
  }

  private void got(HttpClientConnection shown) {
    ApacheRoundTrip roundTrip = call.current();
    if (roundTrip == null || roundTrip.hasConnection()) {
      return;
    }
    long now = System.nanoTime();
    ApacheDial dial = roundTrip.dial();
    GotConnInfo info =
        call.connections()
            .acquire(
                shown,
                new ApacheConnections.Ends(shown.getLocalAddress(), shown.getRemoteAddress()),
                "HTTP/1.1",
                from(shown, roundTrip),
                dial == null ? 0 : dial.id(),
                route.isSecure() ? tls(shown, dial) : null,
                now);
    connection = shown;
    roundTrip.gotConn(now, info);
  }

  private ApacheConnections.From from(HttpClientConnection shown, ApacheRoundTrip roundTrip) {
    if (connection == shown) {
      return ApacheConnections.From.ROUND_TRIP_BEFORE;
    }
    if (roundTrip.dial() != null || !wasConnected || connection != null) {
      return ApacheConnections.From.DIAL;
    }
    return roundTrip.hasWaited() ? ApacheConnections.From.OTHER_CALL : ApacheConnections.From.POOL;
  }

  private static Supplier<@Nullable TlsConnectionState> tls(
      HttpClientConnection shown, @Nullable ApacheDial dial) {
    return () -> {
      TlsConnectionState negotiated = dial == null ? null : dial.tls();
      if (negotiated != null) {
        return negotiated;
      }
      if (shown instanceof ManagedHttpClientConnection managed
          && managed.getSocket() instanceof SSLSocket socket) {
        return TlsStates.of(socket);
      }
      SSLSession session = shown.getSSLSession();
      return session == null ? null : TlsStates.of(session, "", "");
    };
  }

  // ---- Using it

  @Override
  public ClassicHttpResponse execute(
      String id, ClassicHttpRequest request, RequestExecutor requestExecutor, HttpContext context)
      throws IOException, HttpException {
    return endpoint.execute(
        id,
        request,
        (sent, shown, c) ->
            Method.CONNECT.isSame(sent.getMethod())
                ? tunnel(sent, shown, requestExecutor, c)
                : exchange(sent, shown, requestExecutor, c),
        context);
  }

  @Override
  @SuppressWarnings("deprecation") // The client still has it.
  public ClassicHttpResponse execute(
      String id, ClassicHttpRequest request, HttpRequestExecutor executor, HttpContext context)
      throws IOException, HttpException {
    return execute(id, request, (RequestExecutor) executor::execute, context);
  }

  private ClassicHttpResponse exchange(
      ClassicHttpRequest request,
      HttpClientConnection shown,
      RequestExecutor executor,
      HttpContext context)
      throws IOException, HttpException {
    got(shown);
    ApacheRoundTrip roundTrip = call.current();
    return executor.execute(
        request,
        roundTrip == null ? shown : ClassicConnection.of(shown, new ClassicExchange(roundTrip)),
        context);
  }

  private ClassicHttpResponse tunnel(
      ClassicHttpRequest request,
      HttpClientConnection shown,
      RequestExecutor executor,
      HttpContext context)
      throws IOException, HttpException {
    ApacheRoundTrip roundTrip = call.current();
    if (roundTrip == null) {
      return executor.execute(request, shown, context);
    }
    ApacheDial known = roundTrip.dial();
    ApacheDial dial = known == null ? roundTrip.beginDial(call.connections().newId()) : known;
    SocketAddress proxy = shown.getRemoteAddress();
    dial.tunnelStart(proxy == null ? new InetSocketAddress(0) : proxy);
    try {
      ClassicHttpResponse response = executor.execute(request, shown, context);
      dial.tunnelAnswered(response.getCode());
      return response;
    } catch (IOException | HttpException | RuntimeException failed) {
      dial.tunnelFailed(failed);
      throw failed;
    }
  }

  @Override
  public boolean isConnected() {
    return endpoint.isConnected();
  }

  @Override
  public void setSocketTimeout(Timeout timeout) {
    endpoint.setSocketTimeout(timeout);
  }

  @Override
  public EndpointInfo getInfo() {
    return endpoint.getInfo();
  }

  // ---- Giving it back

  /**
   * Gives the endpoint back to its manager, which closes the connection or puts it into its pool.
   */
  void release(
      HttpClientConnectionManager manager, @Nullable Object state, @Nullable TimeValue duration) {
    HttpClientConnection used = connection;
    connection = null;
    boolean kept = used != null && duration != null && used.isOpen() && used.isConsistent();
    if (used != null) {
      call.connections().release(used, !kept);
    }
    ApacheRoundTrip roundTrip = call.current();
    if (kept && roundTrip != null) {
      // Before another call can get it.
      boolean closed =
          manager instanceof PoolingHttpClientConnectionManager pool && pool.isClosed();
      roundTrip.putIdle(
          closed
              ? new IdleConnectionException(IdleConnectionException.Reason.CLIENT_CLOSED)
              : null);
    }
    manager.release(endpoint, state, duration);
  }

  @Override
  public void close(CloseMode closeMode) {
    endpoint.close(closeMode);
  }

  @Override
  public void close() throws IOException {
    endpoint.close();
  }

  @Override
  public String getId() {
    return ConnPoolSupport.getId(endpoint);
  }

  @Override
  public String toString() {
    return "traced " + endpoint;
  }
}
