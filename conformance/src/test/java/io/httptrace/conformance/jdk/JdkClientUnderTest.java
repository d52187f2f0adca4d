package io.httptrace.conformance.jdk;

import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.PublishedBody;
import io.httptrace.conformance.RequestBody;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The JDK's client, which has no hooks: what is left is what callers and servers see. */
final class JdkClientUnderTest implements ClientUnderTest {
  private static final String NO_HOOKS = "the JDK's client has no hooks";
  private static final String NO_SETTING = "the JDK's client has no such setting";

  @Override
  public String name() {
    return "java.net.http";
  }

  @Override
  public OpenClient open(ClientSettings settings) {
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    if (settings.connectTimeout() != null) {
      builder.connectTimeout(settings.connectTimeout());
    }
    if (settings.sslContext() != null) {
      builder.sslContext(settings.sslContext());
    }
    return new Open(builder.build());
  }

  @Override
  public Capabilities capabilities() {
    Capabilities can = Capabilities.all();
    for (Capability capability : Capability.values()) {
      if (capability.hook().isPresent()) {
        can = can.without(capability, NO_HOOKS);
      }
    }
    can = can.without(Capability.ROUND_TRIP_HOOKS, NO_HOOKS).without(Capability.VETO, NO_HOOKS);
    for (Capability setting :
        Set.of(
            Capability.NAMES,
            Capability.EXPECT_CONTINUE_TIMEOUT,
            Capability.KEEP_ALIVE_OFF,
            Capability.IDLE_CONNECTION_TIMEOUT,
            Capability.MAX_IDLE_CONNECTIONS,
            Capability.MAX_IDLE_CONNECTIONS_PER_HOST,
            Capability.MAX_CONNECTIONS_PER_HOST,
            Capability.CLOSE_IDLE_CONNECTIONS,
            Capability.RESPONSE_HEADER_TIMEOUT,
            Capability.MAX_RESPONSE_HEADER_BYTES,
            Capability.TLS_HANDSHAKE_TIMEOUT,
            Capability.COMPRESSION)) {
      can = can.without(setting, NO_SETTING);
    }
    return can.without(Capability.HOST_HEADER, "a restricted header")
        .without(Capability.CONNECTION_HEADER, "a restricted header")
        .without(Capability.INFORMATIONAL_RESPONSES, "older releases know 100 only")
        .without(Capability.SEVERAL_TRACES, NO_HOOKS)
        .without(Capability.CANCEL_BODY, "the future is complete when the body begins")
        .without(Capability.REQUEST_TIMEOUT_COVERS_BODY, "the time limit ends with the head")
        .without(Capability.IDEMPOTENCY_KEY, "a retry depends on the method only");
  }

  @Override
  public List<Deviation> deviations() {
    return List.of();
  }

  private record Open(HttpClient client) implements OpenClient {
    @Override
    public ClientCall newCall(ClientRequest request) {
      return new Call(client, translate(request));
    }

    /** Before JDK 21 the client ends when it is collected. */
    @Override
    public void close() {}

    private static HttpRequest translate(ClientRequest request) {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(request.uri())
              .method(request.method(), publisher(request.body()))
              .expectContinue(request.expectContinue());
      request.headers().forEach(h -> builder.header(h.name(), h.value()));
      if (request.timeout() != null) {
        builder.timeout(request.timeout());
      }
      return builder.build();
    }

    private static BodyPublisher publisher(@Nullable RequestBody body) {
      if (body == null) {
        return BodyPublishers.noBody();
      }
      return body.length() < 0
          ? BodyPublishers.fromPublisher(body.publisher())
          : BodyPublishers.fromPublisher(body.publisher(), body.length());
    }
  }

  private static final class Call implements ClientCall {
    private final HttpClient client;
    private final HttpRequest request;
    private @Nullable CompletableFuture<?> future;
    private boolean cancelled;

    Call(HttpClient client, HttpRequest request) {
      this.client = client;
      this.request = request;
    }

    @Override
    public ClientResponse send() throws InterruptedException, ExecutionException {
      CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> sent =
          client.sendAsync(request, BodyHandlers.ofPublisher());
      synchronized (this) {
        future = sent;
        if (cancelled) {
          sent.cancel(true);
        }
      }
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = sent.get();
      String protocol = response.version() == HttpClient.Version.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1";
      return new ClientResponse(response.statusCode(), protocol, PublishedBody.of(response.body()));
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
      if (future != null) {
        future.cancel(true);
      }
    }
  }
}
