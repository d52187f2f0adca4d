package io.httptrace.armeria;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.SessionProtocolNegotiationCache;
import com.linecorp.armeria.client.WebClientBuilder;
import com.linecorp.armeria.client.retry.RetryRule;
import com.linecorp.armeria.client.retry.RetryingClient;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import io.httptrace.RoundTripReason;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.timeline.RoundTrip;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which hooks are called, and in which order. */
final class EventOrderTest {
  private static final List<String> DIALLED =
      List.of("roundTripStart", "getConn", "connectStart", "connectDone", "gotConn");
  private static final List<String> REUSED = List.of("roundTripStart", "getConn", "gotConn");
  private static final List<String> WITHOUT_BODY =
      List.of(
          "wroteHeaderField",
          "wroteHeaders",
          "wroteRequest",
          "gotFirstResponseByte",
          "gotResponse");
  private static final List<String> PUT_BACK = List.of("putIdleConn", "roundTripDone");
  private static final List<String> DONE = List.of("roundTripDone");

  private final PathServer site = new PathServer();
  private final HookNames events = new HookNames();
  private final ArmeriaTracing tracing = ArmeriaTracing.create();
  private TestClient client = TestClient.of(tracing);

  @AfterEach
  void close() {
    client.close();
    site.close();
  }

  private void use(TestClient other) {
    client.close();
    client = other;
  }

  private void get(String path) {
    client.get(site.url(path), events.trace());
    events.awaitRoundTripDone();
  }

  private List<RoundTrip> roundTrips() {
    return events.recorder().timeline().roundTrips();
  }

  @SafeVarargs
  private static List<String> all(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  @Test
  void aColdRequestThenOneThatReuses() {
    get("/ok");
    get("/ok");

    assertThat(events.names())
        .isEqualTo(all(DIALLED, WITHOUT_BODY, PUT_BACK, REUSED, WITHOUT_BODY, PUT_BACK));
  }

  @Test
  void aBodyIsWrittenAfterTheHead() {
    HttpRequest post =
        HttpRequest.of(HttpMethod.POST, site.url("/ok"), MediaType.OCTET_STREAM, new byte[3]);
    client.send(post, events.trace(), options -> {}).aggregate().join();
    events.awaitRoundTripDone();

    assertThat(events.names()).isEqualTo(all(DIALLED, WITHOUT_BODY, PUT_BACK));
  }

  @Test
  void aRedirectIsAnotherRoundTrip() {
    use(TestClient.of(tracing, WebClientBuilder::followRedirects));
    get("/redirect");

    assertThat(roundTrips())
        .extracting(RoundTrip::reason)
        .containsExactly(RoundTripReason.FIRST, RoundTripReason.REDIRECT);
    assertThat(events.names())
        .isEqualTo(all(DIALLED, WITHOUT_BODY, PUT_BACK, REUSED, WITHOUT_BODY, PUT_BACK));
  }

  @Test
  void anAttemptOfARetryingClientIsAnotherRoundTrip() {
    use(
        TestClient.of(
            tracing,
            builder ->
                builder.decorator(
                    RetryingClient.builder(RetryRule.failsafe())
                        .maxTotalAttempts(2)
                        .newDecorator())));
    get("/busy");

    assertThat(roundTrips())
        .extracting(RoundTrip::reason)
        .containsExactly(RoundTripReason.FIRST, RoundTripReason.RETRY);
    assertThat(events.names()).startsWith(all(DIALLED, WITHOUT_BODY).toArray(new String[0]));
  }

  /** Armeria tries HTTP/2 first if nothing is set. */
  @Test
  void aServerThatDoesNotSpeakHttp2IsDialledOnceMore() {
    SessionProtocolNegotiationCache.clear();
    use(TestClient.of(tracing, tracing.install(ClientFactory.builder()), builder -> {}));
    get("/ok");

    assertThat(events.names())
        .isEqualTo(
            all(
                List.of("roundTripStart", "getConn", "connectStart", "connectDone"),
                List.of("connectStart", "connectDone", "gotConn"),
                WITHOUT_BODY,
                PUT_BACK));
  }

  @Test
  void aNameIsLookedUpForEachRequest() {
    use(
        TestClient.withNames(
            tracing,
            host -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()))));
    for (int i = 0; i < 2; i++) {
      client.get("http://name.test:" + site.port() + "/ok", events.trace());
      events.awaitRoundTripDone();
    }

    List<String> lookup = List.of("roundTripStart", "getConn", "dnsStart", "dnsDone");
    assertThat(events.names())
        .isEqualTo(
            all(
                lookup,
                List.of("connectStart", "connectDone", "gotConn"),
                WITHOUT_BODY,
                PUT_BACK,
                lookup,
                List.of("gotConn"),
                WITHOUT_BODY,
                PUT_BACK));
  }

  @Test
  void aConnectionThatClosesIsNotPutBack() {
    try (ScriptedServer server =
        ScriptedServer.builder("closing")
            .otherConnections(
                connection -> {
                  connection.readRequest();
                  connection.send(
                      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                  connection.awaitPeerClose();
                })
            .start()) {
      client.get("http://127.0.0.1:" + server.port(), events.trace());
      events.awaitRoundTripDone();
    }

    assertThat(events.names()).isEqualTo(all(DIALLED, WITHOUT_BODY, DONE));
  }

  @Test
  void aRefusedConnectionIsToldOnce() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    client.fail(client.send("http://127.0.0.1:" + port, events.trace()));
    events.awaitRoundTripDone();

    assertThat(events.names())
        .containsExactly(
            "roundTripStart", "getConn", "connectStart", "connectDone", "roundTripDone");
  }

  @Test
  void anAnswerOfADecoratorHasNoConnection() {
    use(TestClient.of(tracing, tracing.install(ClientFactory.builder()), this::answering));
    get("/ok");

    assertThat(events.names()).containsExactly("roundTripStart", "getConn", "roundTripDone");
    assertThat(roundTrips()).extracting(RoundTrip::error).containsOnlyNulls();
  }

  /** A decorator that is nearer to the network than the adapter, and answers itself. */
  private void answering(WebClientBuilder builder) {
    builder.decorator(delegate -> (ctx, req) -> HttpResponse.of(204));
    builder.decorator(tracing.newDecorator());
  }

  @Test
  void aDecoratorThatIsInstalledTwiceTellsOnce() {
    use(TestClient.of(tracing, builder -> builder.decorator(tracing.newDecorator())));
    get("/ok");

    assertThat(events.names()).isEqualTo(all(DIALLED, WITHOUT_BODY, PUT_BACK));
  }
}
