package io.httptrace.jdk;

import io.httptrace.HookSupport;
import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.HookArgument;
import io.httptrace.conformance.MaskedArgument;
import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.SharedThread;
import io.httptrace.conformance.body.PublishedBody;
import io.httptrace.conformance.body.RequestBody;
import io.httptrace.conformance.error.ErrorClassifier;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The JDK's client with the agent, as the scenarios see it. */
final class JdkClientUnderTest implements ClientUnderTest {
  @Override
  public String name() {
    return "JDK " + Runtime.version().feature();
  }

  @Override
  public HookSupport support() {
    return JdkTracing.installed().orElseThrow().hookSupport();
  }

  @Override
  public Capabilities capabilities() {
    return ofThisJdk(Capabilities.all())
        .without(Capability.TLS_HANDSHAKE_TIMEOUT, "the JDK's client has no such limit")
        .without(Capability.FALLBACK_DELAY, "the JDK's client tries one address")
        .without(Capability.SEVERAL_ADDRESSES, "the JDK's client tries one address")
        .without(Capability.EXPECT_CONTINUE_TIMEOUT, "it cannot be set")
        .without(
            Capability.INFORMATIONAL_AFTER_CONTINUE,
            "the JDK's client takes it for the final response")
        .without(Capability.KEEP_ALIVE_OFF, "it is a property of the JVM")
        .without(Capability.IDLE_CONNECTION_TIMEOUT, "it is a property of the JVM")
        .without(Capability.MAX_IDLE_CONNECTIONS, "it is a property of the JVM")
        .without(Capability.MAX_IDLE_CONNECTIONS_PER_HOST, "the JDK's client has no such limit")
        .without(Capability.MAX_CONNECTIONS_PER_HOST, "the JDK's client has no such limit")
        .without(Capability.CLOSE_IDLE_CONNECTIONS, "the JDK's client cannot be asked to")
        .without(Capability.LATE_BINDING, "the JDK's client waits for its own dial")
        .without(Capability.COALESCED_LOOKUPS, "the JDK does not say so")
        .without(Capability.RESPONSE_HEADER_TIMEOUT, "the JDK's client has no such limit")
        .without(Capability.MAX_RESPONSE_HEADER_BYTES, "it is a property of the JVM")
        .without(Capability.REQUEST_TIMEOUT_COVERS_BODY, "the limit is for the head")
        .without(Capability.CANCEL_BODY, "a future that is done cannot be cancelled")
        .without(Capability.COOKIE_SPLITTING, "the JDK's client sends them as they are set")
        .without(Capability.CONNECTION_HEADER, "the JDK's client sends it and keeps the connection")
        .without(Capability.RETRY_ONLY_REUSED, "the JDK's client repeats a GET on any connection")
        .without(Capability.DIAL_AT_STREAM_LIMIT, "the JDK's client fails the request")
        .without(Capability.COMPRESSION, "the JDK's client does not decode")
        .without(Capability.UPGRADE, "the JDK's client takes 101 for an error")
        .without(Capability.INFORMATIONAL_LIMIT, "the JDK's limit is another one")
        .without(Capability.IDEMPOTENCY_KEY, "the JDK's client does not know it")
        .without(Capability.TLS_TO_PROXY, "the JDK's client speaks clear text to a proxy")
        .without(Capability.SOCKS, "the JDK's client has no SOCKS")
        .without(Capability.SOCKS_NAMES, "the JDK's client has no SOCKS")
        .without(Capability.SOCKS_CREDENTIALS, "the JDK's client has no SOCKS")
        .without(Capability.EARLY_RESPONSE, "the JDK's client reads it after the upload")
        .without(Capability.INTERRUPTIBLE_LOOKUP, "a lookup of the JDK cannot be stopped")
        .without(
            Capability.PROXY_CREDENTIALS_IN_ADVANCE, "the JDK's client waits to be asked for them")
        .without(
            Capability.TUNNEL_CREDENTIALS_IN_ADVANCE,
            "the JDK's client waits to be asked for them");
  }

  private static Capabilities ofThisJdk(Capabilities capabilities) {
    return Runtime.version().feature() >= 21
        ? capabilities
        : capabilities
            .without(Capability.RETRY_REFUSED_STREAM, "JDK 17's client fails the request")
            .without(Capability.RETRY_AFTER_GOAWAY, "JDK 17's client fails the request")
            .without(Capability.NO_LENGTH_OF_GET, "JDK 17's client says Content-Length: 0")
            .without(Capability.MALFORMED_CLOSES, "JDK 17's client leaves it open")
            .without(
                Capability.BODY_INSTEAD_OF_CONTINUE, "JDK 17's client never delivers the body");
  }

  @Override
  public List<MaskedArgument> maskedArguments() {
    return List.of(
        MaskedArgument.sometimes(
            HookArgument.WROTE_REQUEST_ERROR,
            "stale-idle-*",
            "reading and writing race: the client may learn of the connection's end before that of"
                + " the body"));
  }

  @Override
  public ErrorClassifier errors() {
    ErrorClassifier own = (error, context) -> JdkErrors.word(error);
    return own.orElse(ErrorClassifier.standard());
  }

  @Override
  public List<Deviation> deviations() {
    return JdkDeviations.ALL;
  }

  @Override
  public List<SharedThread> sharedThreads() {
    return List.of(
        SharedThread.named("HttpClient-", "before 21 a client ends when it is collected"),
        SharedThread.named("ForkJoinPool", "the JVM's"),
        SharedThread.named("CompletableFutureDelayScheduler", "the JVM's"));
  }

  @Override
  public OpenClient open(ClientSettings settings) {
    FakeNames.set(settings.names());
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(settings.http2() ? Version.HTTP_2 : Version.HTTP_1_1)
            .followRedirects(settings.followRedirects() ? Redirect.NORMAL : Redirect.NEVER);
    if (settings.connectTimeout() != null) {
      builder.connectTimeout(settings.connectTimeout());
    }
    if (settings.sslContext() != null) {
      builder.sslContext(settings.sslContext());
    }
    URI proxy = settings.proxy();
    if (proxy != null) {
      builder.proxy(
          ProxySelector.of(InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())));
      if (proxy.getUserInfo() != null) {
        builder.authenticator(authenticator(proxy.getUserInfo().split(":", 2)));
      }
    }
    return new Open(builder.build());
  }

  private static Authenticator authenticator(String[] user) {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(user[0], user[1].toCharArray());
      }
    };
  }

  private record Open(HttpClient client) implements OpenClient {
    @Override
    public ClientCall newCall(ClientRequest request) {
      return new Call(client, translate(request));
    }

    @Override
    public void closeIdleConnections() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      FakeNames.set(null);
      Clients.close(client);
    }
  }

  private static HttpRequest translate(ClientRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri()).expectContinue(request.expectContinue());
    if (request.method().equals("GET") && request.body() == null) {
      builder.GET(); // With a body of no bytes it would say so.
    } else {
      builder.method(request.method(), publisher(request.body()));
    }
    request.headers().forEach(h -> builder.header(h.name(), h.value()));
    if (request.timeout() != null) {
      builder.timeout(request.timeout());
    }
    HttpRequest traced = builder.build();
    for (var trace : request.traces()) {
      traced = JdkTracing.traced(traced, trace);
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
    private final HttpClient client;
    private final HttpRequest request;
    private @Nullable CompletableFuture<?> sent;
    private boolean cancelled;

    Call(HttpClient client, HttpRequest request) {
      this.client = client;
      this.request = request;
    }

    @Override
    public ClientResponse send() throws InterruptedException, ExecutionException {
      CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> future =
          client.sendAsync(request, BodyHandlers.ofPublisher());
      synchronized (this) {
        sent = future;
        if (cancelled) {
          future.cancel(true);
        }
      }
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = future.get();
      String protocol = response.version() == Version.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1";
      return new ClientResponse(response.statusCode(), protocol, body(response.body()));
    }

    /** A proxy's refusal of a tunnel is made a response without a body, not even an empty one. */
    private static InputStream body(Flow.@Nullable Publisher<List<ByteBuffer>> body) {
      return body == null ? InputStream.nullInputStream() : PublishedBody.of(body);
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
      if (sent != null) {
        sent.cancel(true);
      }
    }
  }
}
