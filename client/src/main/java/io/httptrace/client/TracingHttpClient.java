package io.httptrace.client;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.client.concurrent.Turn;
import io.httptrace.client.connect.TlsParameters;
import io.httptrace.client.pool.ConnectionPool;
import io.httptrace.client.websocket.WebSocketBuilder;
import io.httptrace.connections.PoolSnapshot;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HttpClient} that fires every hook of {@link ClientTrace}.
 *
 * <p>It can replace the JDK's client, within the limits that {@link TracingHttpClientBuilder}
 * names. The simplest way to see what happens is {@link TracingHttpClientBuilder#onTimeline}, which
 * reports each call when it is over. A trace, whose hooks are called while it happens, is attached
 * to a request with {@link TracedRequest}, to a block of code with {@link TraceContext}, or to the
 * client with {@link TracingHttpClientBuilder#clientTrace}; if there are several they are called in
 * this order.
 *
 * <p>A client is immutable, and may be used by any number of threads. It has threads and
 * connections of its own, which {@link #close()} ends. A client that is not closed ends them when
 * it is no longer reachable and its last request is over; all its threads are daemons.
 *
 * <p>Visible differences from the JDK's client: a {@linkplain HttpRequest.Builder#timeout timeout}
 * of a request covers the whole call, with the body (as from JDK 26 on) and with every request that
 * follows a redirect or a challenge, and a {@link #send} does not need the executor as long as the
 * caller waits. Moreover:
 *
 * <ul>
 *   <li>A TLS handshake may take 10 s, unless {@link TracingHttpClientBuilder#tlsHandshakeTimeout}
 *       sets another limit; the JDK's client has none.
 *   <li>A 101 to a request that asked for no upgrade is a response without a body.
 *   <li>Bytes that a server sends after a 204, against the RFC, are not part of the response, and
 *       close the connection.
 *   <li>A tunnel through a proxy is for one user, and not used for requests with other credentials.
 *   <li>A host that {@link java.net.URI#getHost} does not accept, such as one with an underscore,
 *       is looked up and sent; the JDK's client refuses it. The same holds for a {@code Location}
 *       that is not a valid URI but has only one meaning.
 *   <li>The zone of an IPv6 address is used for connecting only, and never sent (RFC 6874).
 *   <li>Server names and the endpoint identification algorithm of {@link
 *       TracingHttpClientBuilder#sslParameters} are used, if they are not empty; the JDK's client
 *       uses the target's name and {@code HTTPS}. Parameters that the context does not support are
 *       refused when the client is built.
 * </ul>
 *
 * <p>These system properties of {@code java.net.http} are used, unless the builder says otherwise;
 * they are read when a builder is made or a call begins, and not from {@code net.properties}:
 * {@code jdk.httpclient.allowRestrictedHeaders}, {@code auth.retrylimit}, {@code
 * connectionPoolSize} (all hosts together), {@code enableAllMethodRetry}, {@code keepalive.timeout}
 * (all versions), {@code maxNonFinalResponses}, {@code redirects.retrylimit}, {@code
 * jdk.http.auth.proxying.disabledSchemes}, {@code jdk.http.auth.tunneling.disabledSchemes}, {@code
 * jdk.http.maxHeaderSize} and {@code jdk.internal.httpclient.disableHostnameVerification}. These
 * are ignored: {@code bufsize}, {@code websocket.writeBufferSize}, {@code receiveBufferSize},
 * {@code sendBufferSize} (the system decides), {@code connectionWindowSize} and {@code windowsize}
 * (16 MiB and 1 MiB), {@code hpack.maxheadertablesize}, {@code maxframesize}, {@code
 * maxLiteralWithIndexing} (the defaults of RFC 9113), {@code enablepush} and {@code maxstreams}
 * (there are no pushes), {@code keepalive.timeout.h2}, {@code disableRetryConnect} (each address is
 * tried once), {@code HttpClient.log} (use hooks).
 */
public final class TracingHttpClient extends HttpClient implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final ClientCore core;
  private final ClientConfig config;
  private final SSLContext sslContext;
  private final RequestObservers observers;
  private volatile boolean shutDown;

  TracingHttpClient(ClientConfig config) {
    this.config = config;
    this.sslContext = TlsChoice.context(config);
    this.observers = new RequestObservers(config);
    ClientCore made = new ClientCore(config, TlsChoice.config(config, sslContext));
    this.core = made;
    CLEANER.register(this, made::shutdownUnreachable);
  }

  /** {@return a client with the default settings} */
  public static TracingHttpClient newHttpClient() {
    return newBuilder().build();
  }

  /** {@return a builder of clients} */
  public static TracingHttpClientBuilder newBuilder() {
    return new TracingHttpClientBuilder();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The calling thread runs the hooks, the handler and the subscriber while it waits. If it is
   * interrupted the request is cancelled and its connection closed.
   *
   * <p>Its exceptions are created on the calling thread, so that the stack trace leads to the
   * caller's code. The cause is the error of the request. If that is an {@link IOException} or a
   * {@link java.util.concurrent.CancellationException}, the exception has the same type, the same
   * message and the same suppressed exceptions.
   */
  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    requireNonNull(request, "request");
    requireNonNull(handler, "responseBodyHandler");
    try {
      TimelineRecording recording = observers.recording(request);
      ClientTrace trace = observers.traceOf(request, recording);
      return core.calls().send(request, handler, trace, recording);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return sendAsync(request, handler, null);
  }

  /**
   * {@inheritDoc}
   *
   * <p>What depends on the future runs on a daemon thread of the client's, in {@link
   * CompletableFuture}'s default executor, or where it is added if the future is complete; never in
   * the client's executor. It may block.
   *
   * <p>Cancelling the future with {@code cancel(true)}, or one derived from it, cancels the request
   * and closes its connection, or resets its stream over HTTP/2. No pushes are accepted: the
   * handler is never called.
   *
   * @param pushPromiseHandler is never called; may be null
   */
  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      BodyHandler<T> handler,
      @Nullable PushPromiseHandler<T> pushPromiseHandler) {
    requireNonNull(request, "request");
    requireNonNull(handler, "responseBodyHandler");
    try {
      TimelineRecording recording = observers.recording(request);
      ClientTrace trace = observers.traceOf(request, recording);
      return core.calls().sendAsync(request, handler, trace, recording);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * {@return a builder of WebSockets (RFC 6455)}
   *
   * <p>A WebSocket begins with a request over HTTP/1.1, on a connection of its own. For hooks it is
   * a request like any other, to the {@code http} or {@code https} URI that corresponds to the
   * {@code ws} or {@code wss} one: it is traced by the {@link TraceContext} that is current when
   * {@link WebSocket.Builder#buildAsync} is called, and by the client's trace. Its round trip ends
   * with the response, 101 on success, and {@link ClientTrace#putIdleConn} is not called. It uses a
   * tunnel through a proxy, follows redirects, sends cookies and answers challenges as the client
   * does for requests; the client's timeouts apply to it too.
   *
   * <p>Listeners run on the client's executor, and may block. Each frame of a message is delivered
   * when it has arrived completely; one of more than 16 MiB fails the WebSocket. The client reads
   * from the peer only what the listener requests, also the end of the connection.
   *
   * <p>A WebSocket is under way until its connection is closed: {@link #close()} waits for that,
   * and {@link #shutdownNow()} ends it with an {@link IOException} for its listener.
   */
  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return new WebSocketBuilder(
        (request, handler) -> {
          TimelineRecording recording = observers.recording(request);
          ClientTrace trace = observers.traceOf(request, recording);
          return core.calls().upgrade(request, "websocket", trace, recording, handler);
        },
        core.executor());
  }

  /** {@return the pool, so that tests can count its connections} */
  ConnectionPool pool() {
    return core.pool();
  }

  /**
   * {@return the connections of the client and the requests that wait for one, as they are now} By
   * target: how many are open, idle, in use and being dialled, how old each one is and what it
   * speaks, how many requests wait and for how long. For gauges and for a look into a client that
   * hangs. It takes the lock of the pool for as long as it takes to read what is there, so once a
   * second does no harm and once a request might. On any thread; empty once the client is closed.
   */
  public PoolSnapshot poolSnapshot() {
    try {
      return core.pool().snapshot();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Closes the idle connections. A connection in use is closed when it would become idle, unless a
   * new request has begun by then.
   */
  public void closeIdleConnections() {
    Turn.run(core.pool()::closeIdle);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return Optional.ofNullable(config.cookieHandler);
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return Optional.ofNullable(config.connectTimeout);
  }

  @Override
  public Redirect followRedirects() {
    return config.followRedirects;
  }

  /** {@return the selector that was set; empty if none was set, also if there are routes} */
  @Override
  public Optional<ProxySelector> proxy() {
    return Optional.ofNullable(config.proxySelector);
  }

  @Override
  public SSLContext sslContext() {
    return sslContext;
  }

  @Override
  public SSLParameters sslParameters() {
    SSLParameters set = config.sslParameters;
    return set == null ? sslContext.getDefaultSSLParameters() : TlsParameters.copyOf(set);
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return Optional.ofNullable(config.authenticator);
  }

  @Override
  public Version version() {
    return config.version;
  }

  @Override
  public Optional<Executor> executor() {
    return Optional.ofNullable(config.executor);
  }

  /**
   * Accepts no more requests, and lets those under way finish. Does not wait for that. A request
   * ends with its response body, also if the body is streamed.
   */
  @SuppressWarnings("MissingOverride") // JDK 21 added it to HttpClient
  public void shutdown() {
    shutDown = true;
    core.calls().shutdown();
  }

  /**
   * Accepts no more requests, and aborts those under way: they fail with an {@link IOException}.
   */
  @SuppressWarnings("MissingOverride") // JDK 21 added it to HttpClient
  public void shutdownNow() {
    shutDown = true;
    core.calls().shutdownNow();
  }

  /**
   * Waits for the end after a shutdown: all requests over, all connections closed, all threads
   * ended.
   *
   * @param duration how long to wait; with zero or less it does not wait
   * @return whether the end came in time
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalStateException if it would wait for itself: the calling thread runs a hook, or
   *     other code of a request of this client
   */
  @SuppressWarnings("MissingOverride") // JDK 21 added it to HttpClient
  public boolean awaitTermination(Duration duration) throws InterruptedException {
    requireNonNull(duration, "duration");
    if (duration.compareTo(Duration.ZERO) > 0 && core.runsHere()) {
      throw new IllegalStateException(
          "code that a request of this client runs cannot wait for the end of the client");
    }
    return core.awaitEnd(duration);
  }

  /** {@return whether a shutdown has finished} */
  @SuppressWarnings("MissingOverride") // JDK 21 added it to HttpClient
  public boolean isTerminated() {
    boolean interrupted = Thread.interrupted();
    try {
      return shutDown && core.awaitEnd(Duration.ZERO);
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Shuts down and waits for the end. If the thread is interrupted meanwhile, requests under way
   * are aborted, and the interrupt is kept.
   *
   * <p>In code that a request of this client runs (a hook, a body handler, subscriber or publisher,
   * an authenticator, a listener of a WebSocket, ...) it shuts down and returns at once, because it
   * would wait for itself. The client then ends when the requests under way have ended.
   */
  @Override
  public void close() {
    shutdown();
    if (core.runsHere()) {
      return;
    }
    boolean interrupted = false;
    boolean terminated = false;
    while (!terminated) {
      try {
        terminated = awaitTermination(Duration.ofDays(1));
      } catch (InterruptedException e) {
        interrupted = true;
        shutdownNow();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@return the name that its threads begin with, and whether it has been shut down} */
  @Override
  public String toString() {
    return "TracingHttpClient[" + core.name() + (shutDown ? " shut down]" : "]");
  }
}
