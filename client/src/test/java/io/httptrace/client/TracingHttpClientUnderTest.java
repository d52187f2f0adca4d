package io.httptrace.client;

import io.httptrace.ClientTrace;
import io.httptrace.client.errors.DnsException;
import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.TlsException;
import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Names;
import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.body.PublishedBody;
import io.httptrace.conformance.body.RequestBody;
import io.httptrace.conformance.error.ErrorClassifier;
import io.httptrace.conformance.error.LookupException;
import io.httptrace.conformance.server.TestCertificate;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** This client, as the scenarios see it. */
final class TracingHttpClientUnderTest implements ClientUnderTest {
  @Override
  public String name() {
    return "httptrace";
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.all();
  }

  @Override
  public OpenClient open(ClientSettings settings) {
    return new Open(builder(settings).build());
  }

  static TracingHttpClientBuilder builder(ClientSettings settings) {
    TracingHttpClientBuilder builder =
        TracingHttpClient.newBuilder()
            .keepAlive(settings.keepAlive())
            .compression(settings.compression())
            .version(settings.http2() ? Version.HTTP_2 : Version.HTTP_1_1);
    apply(settings.connectTimeout(), builder::connectTimeout);
    apply(settings.fallbackDelay(), builder::fallbackDelay);
    apply(settings.expectContinueTimeout(), builder::expectContinueTimeout);
    apply(settings.tlsHandshakeTimeout(), builder::tlsHandshakeTimeout);
    apply(settings.responseHeaderTimeout(), builder::responseHeaderTimeout);
    apply(settings.idleConnectionTimeout(), builder::idleConnectionTimeout);
    if (settings.sslContext() != null) {
      builder.trustManager(
          settings.insecure() ? TestCertificate.credulous() : TestCertificate.trusting());
    }
    settings.maxIdleConnections().ifPresent(builder::maxIdleConnections);
    settings.maxIdleConnectionsPerHost().ifPresent(builder::maxIdleConnectionsPerHost);
    settings.maxConnectionsPerHost().ifPresent(builder::maxConnectionsPerHost);
    settings.maxResponseHeaderBytes().ifPresent(max -> builder.maxResponseHeaderBytes((int) max));
    apply(settings.proxy(), proxy -> builder.proxy(route(proxy)));
    apply(settings.names(), names -> builder.resolver(resolver(names)));
    if (settings.followRedirects()) {
      builder.followRedirects(Redirect.NORMAL);
    }
    return builder;
  }

  private static ProxyRoute route(URI proxy) {
    ProxyRoute route =
        switch (proxy.getScheme()) {
          case "http" -> ProxyRoute.http(proxy.getHost(), proxy.getPort());
          case "https" -> ProxyRoute.https(proxy.getHost(), proxy.getPort());
          default -> ProxyRoute.socks5(proxy.getHost(), proxy.getPort());
        };
    if (proxy.getUserInfo() == null) {
      return route;
    }
    String[] user = proxy.getUserInfo().split(":", 2);
    return route.credentials(user[0], user[1]);
  }

  private static Resolver resolver(Names names) {
    return host ->
        names
            .lookup(host)
            .handle(
                (addrs, error) -> {
                  if (error == null) {
                    return addrs;
                  }
                  throw new CompletionException(
                      error instanceof LookupException failed
                          ? new DnsException(host, reason(failed.kind()), failed)
                          : error);
                });
  }

  private static DnsException.Reason reason(LookupException.Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> DnsException.Reason.NOT_FOUND;
      case SERVER_FAILURE -> DnsException.Reason.SERVER_FAILURE;
      case TIMEOUT -> DnsException.Reason.TIMEOUT;
    };
  }

  private static <T> void apply(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  @Override
  public ErrorClassifier errors() {
    ErrorClassifier own = (error, context) -> word(error);
    return own.orElse(ErrorClassifier.standard());
  }

  /** The word of the first error in the chain of causes that has one. */
  private static Optional<String> word(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      String word = wordFor(e);
      if (word != null) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  private static @Nullable String wordFor(Throwable e) {
    if (e instanceof DnsException dns) {
      return switch (dns.reason()) {
        case NOT_FOUND -> "dns-not-found";
        case SERVER_FAILURE -> "dns-server-failure";
        case TIMEOUT -> "dns-timeout";
        case CANCELLED -> "canceled";
        case OTHER -> null;
      };
    }
    if (e instanceof TlsException tls) {
      return switch (tls.reason()) {
        case UNKNOWN_AUTHORITY -> "tls-unknown-ca";
        case WRONG_NAME -> "tls-bad-name";
        case EXPIRED -> "tls-expired";
        case TIMEOUT -> "tls-timeout";
        case CLOSED -> "eof";
        case RESET -> "reset";
        case CANCELLED -> "canceled";
        case NOT_TLS, HANDSHAKE_FAILURE -> "tls-other";
      };
    }
    if (e instanceof ProxyException proxy) {
      return proxy.status().isPresent() ? "proxy-connect-" + proxy.status().getAsInt() : null;
    }
    if (e instanceof Http2Exception http2) {
      return http2.reason() == Http2Exception.Reason.STREAM_RESET ? "stream-reset" : null;
    }
    if (e instanceof ResponseException response) {
      return switch (response.reason()) {
        case NOT_HTTP, MALFORMED, BAD_CONTENT_CODING -> "malformed-response";
        case HEADER_TOO_LARGE -> "header-too-large";
        case TOO_MANY_INFORMATIONAL -> "too-many-1xx";
      };
    }
    return null;
  }

  @Override
  public List<Deviation> deviations() {
    return List.of(
        new Deviation(
            "request-timeout-during-dns",
            "java.net.http has a type of its own for a request that runs out of time before it has"
                + " a connection: HttpConnectTimeoutException",
            List.of(
                new Deviation.Replaced(
                    "r1.roundTripReturned(err=timeout)",
                    "r1.roundTripReturned(err=connect-timeout)"))));
  }

  private record Open(TracingHttpClient client) implements OpenClient {
    @Override
    public ClientCall newCall(ClientRequest request) {
      return new Call(client, translate(request));
    }

    @Override
    public void closeIdleConnections() {
      client.closeIdleConnections();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  static HttpRequest translate(ClientRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .method(request.method(), publisher(request.body()))
            .expectContinue(request.expectContinue());
    request.headers().forEach(h -> builder.header(h.name(), h.value()));
    apply(request.timeout(), builder::timeout);
    HttpRequest traced = builder.build();
    for (var trace : request.traces()) {
      traced = TracedRequest.of(traced, trace);
    }
    return traced;
  }

  private static BodyPublisher publisher(@Nullable RequestBody body) {
    if (body == null) {
      return BodyPublishers.noBody();
    }
    return body.length() < 0
        ? BodyPublishers.fromPublisher(body.publisher())
        : BodyPublishers.fromPublisher(body.publisher(), body.length());
  }

  private static final class Call implements ClientCall {
    private final TracingHttpClient client;
    private final HttpRequest request;
    private @Nullable CompletableFuture<?> whole;
    private boolean cancelled;
    private volatile String protocol = "";

    Call(TracingHttpClient client, HttpRequest request) {
      this.client = client;
      // java.net.http has no name for HTTP/1.0; the hook does.
      this.request =
          TracedRequest.of(
              request,
              ClientTrace.builder()
                  .gotResponse(info -> protocol = info.protocol().replace("HTTP/2", "HTTP/2.0"))
                  .build());
    }

    @Override
    public ClientResponse send() throws InterruptedException, ExecutionException {
      CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> sent =
          client.sendAsync(request, BodyHandlers.ofPublisher());
      synchronized (this) {
        // A future that is derived and never done can be cancelled while the body is being read.
        whole = sent.thenCompose(response -> new CompletableFuture<>());
        if (cancelled) {
          sent.cancel(true);
        }
      }
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = sent.get();
      // The recordings have Go's name for it.
      String recorded = protocol.equals("HTTP/2") ? "HTTP/2.0" : protocol;
      return new ClientResponse(response.statusCode(), recorded, PublishedBody.of(response.body()));
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
      if (whole != null) {
        whole.cancel(true);
      }
    }
  }
}
