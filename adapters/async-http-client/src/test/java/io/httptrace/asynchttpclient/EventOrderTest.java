package io.httptrace.asynchttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asynchttpclient.Dsl.asyncHttpClient;
import static org.asynchttpclient.Dsl.basicAuthRealm;

import io.httptrace.RoundTripReason;
import io.httptrace.TraceContext;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ProxyScripts;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.Request;
import org.asynchttpclient.RequestBuilder;
import org.asynchttpclient.Response;
import org.asynchttpclient.proxy.ProxyServer;
import org.asynchttpclient.request.body.generator.UnboundedQueueFeedableBodyGenerator;
import org.asynchttpclient.request.body.multipart.StringPart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which hooks are called, and in which order. */
final class EventOrderTest {
  private static final List<String> ASKED = List.of("roundTripStart", "getConn");
  private static final List<String> CONNECTED = List.of("connectStart", "connectDone");
  private static final List<String> SECURED = List.of("tlsHandshakeStart", "tlsHandshakeDone");
  private static final List<String> GOT = List.of("gotConn");
  private static final List<String> DIALLED = all(ASKED, CONNECTED, GOT);
  private static final List<String> REUSED = all(ASKED, GOT);
  private static final List<String> EXCHANGED =
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
  private AsyncHttpClient client = client(AhcTestConfig.quick().setFollowRedirect(true));

  @AfterEach
  void close() throws IOException {
    client.close();
    site.close();
  }

  private static AsyncHttpClient client(DefaultAsyncHttpClientConfig.Builder config) {
    return asyncHttpClient(AsyncHttpClientTracing.create().install(config));
  }

  private void use(DefaultAsyncHttpClientConfig.Builder config) throws IOException {
    client.close();
    client = client(config);
  }

  private Response get(String path) throws Exception {
    return Calls.send(client, site.url(path), events.trace());
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
  void aColdRequestThenOneThatReuses() throws Exception {
    get("/ok");
    get("/ok");

    assertThat(events.names())
        .isEqualTo(all(DIALLED, EXCHANGED, PUT_BACK, REUSED, EXCHANGED, PUT_BACK));
  }

  @Test
  void aConnectionThatAnUntracedCallHasMadeIsReused() throws Exception {
    Calls.send(client, site.url("/ok"));
    get("/ok");

    assertThat(events.names()).isEqualTo(all(REUSED, EXCHANGED, PUT_BACK));
  }

  @Test
  void anUntracedCallOnATracedConnectionIsNotTold() throws Exception {
    get("/ok");
    Calls.send(client, site.url("/ok"));

    assertThat(events.names()).isEqualTo(all(DIALLED, EXCHANGED, PUT_BACK));
  }

  @Test
  void aBodyThatIsInMemoryGoesWithTheHead() throws Exception {
    Request post = new RequestBuilder("POST").setUrl(site.url("/ok")).setBody(new byte[3]).build();
    Calls.send(client, post, events.trace());

    assertThat(events.names()).isEqualTo(all(DIALLED, EXCHANGED, PUT_BACK));
  }

  @Test
  void aBodyInPartsFollowsTheHead() throws Exception {
    Request post =
        new RequestBuilder("POST")
            .setUrl(site.url("/ok"))
            .addBodyPart(new StringPart("name", "value"))
            .build();
    Calls.send(client, post, events.trace());

    assertThat(events.names()).isEqualTo(all(DIALLED, EXCHANGED, PUT_BACK));
  }

  @Test
  void aRedirectOnTheSameHostKeepsTheConnection() throws Exception {
    get("/redirect");

    assertThat(events.names())
        .isEqualTo(all(DIALLED, EXCHANGED, DONE, REUSED, EXCHANGED, PUT_BACK));
    assertThat(events.recorder().timeline().roundTrips())
        .extracting(RoundTrip::reason)
        .containsExactly(RoundTripReason.FIRST, RoundTripReason.REDIRECT);
  }

  @Test
  void aRedirectSaysWhereItLeads() throws Exception {
    try (PathServer other = new PathServer()) {
      site.elsewhere(other.url("/ok"));
      get("/elsewhere");

      assertThat(events.recorder().timeline().roundTrips())
          .extracting(roundTrip -> roundTrip.uri(Redaction.NONE))
          .containsExactly(site.url("/elsewhere"), other.url("/ok"));
    }
  }

  @Test
  void credentialsAreAnotherRoundTrip() throws Exception {
    Request request =
        new RequestBuilder("GET")
            .setUrl(site.url("/secret"))
            .setRealm(basicAuthRealm("a", "b"))
            .build();
    Calls.send(client, request, events.trace());

    assertThat(events.recorder().timeline().roundTrips())
        .extracting(RoundTrip::reason)
        .containsExactly(RoundTripReason.FIRST, RoundTripReason.AUTHENTICATION);
    assertThat(events.names())
        .isEqualTo(all(DIALLED, EXCHANGED, DONE, REUSED, EXCHANGED, PUT_BACK));
  }

  @Test
  void aNameIsLookedUp() throws Exception {
    Calls.send(client, "http://localhost:" + site.port() + "/ok", events.trace());

    assertThat(events.names())
        .startsWith("roundTripStart", "getConn", "dnsStart", "dnsDone", "connectStart");
  }

  @Test
  void anAddressInTheRequestNeedsNoLookup() throws Exception {
    Request request =
        new RequestBuilder("GET")
            .setUrl("http://name.test:" + site.port() + "/ok")
            .setAddress(java.net.InetAddress.getLoopbackAddress())
            .build();
    Calls.send(client, request, events.trace());

    assertThat(events.names()).isEqualTo(all(DIALLED, EXCHANGED, PUT_BACK));
  }

  @Test
  void aTunnelIsToldWithItsHandshake() throws Exception {
    try (ScriptedServer target =
            ScriptedServer.builder("target")
                .otherConnections(
                    connection -> {
                      connection.startTls(ServerTls.with(TestCertificate.GOOD));
                      connection.readRequest();
                      connection.send(PathServer.hello());
                      connection.readRequest();
                      connection.send(PathServer.hello());
                    })
                .start();
        ScriptedServer proxy =
            ScriptedServer.builder("proxy")
                .otherConnections(ProxyScripts.tunnel(target, null))
                .start()) {
      DefaultAsyncHttpClientConfig.Builder config =
          AhcTestConfig.quick()
              .setProxyServer(
                  new ProxyServer.Builder("127.0.0.1", proxy.port()).setSecuredPort(proxy.port()));
      AhcTestConfig.setTls(config, TestCertificate.trustingContext(), false, true);
      use(config);
      String url = "https://127.0.0.1:" + target.port() + "/";
      Calls.send(client, url, events.trace());
      Calls.send(client, url, events.trace());
    }

    List<String> tunnel = List.of("proxyConnectStart", "proxyConnectDone");
    assertThat(events.names())
        .isEqualTo(
            all(
                ASKED, CONNECTED, tunnel, SECURED, GOT, EXCHANGED, PUT_BACK, REUSED, EXCHANGED,
                PUT_BACK));
  }

  @Test
  void aHandlerThatHasSeenEnoughAbandonsTheResponse() throws Exception {
    AsyncCompletionHandler<Response> impatient =
        new AsyncCompletionHandler<>() {
          @Override
          public State onHeadersReceived(HttpHeaders headers) {
            return State.ABORT;
          }

          @Override
          public @Nullable Response onCompleted(@Nullable Response response) {
            return response;
          }
        };
    client
        .executeRequest(
            Calls.get(site.url("/ok")), AsyncHttpClientTracing.traced(impatient, events.trace()))
        .get();

    assertThat(events.names()).isEqualTo(all(DIALLED, EXCHANGED, DONE));
    assertThat(events.recorder().timeline().roundTrips().get(0).outcome()).hasToString("ABANDONED");
  }

  @Test
  void aResponseThatComesBeforeTheRequestIsWrittenEndsBoth() throws Exception {
    UnboundedQueueFeedableBodyGenerator body = new UnboundedQueueFeedableBodyGenerator();
    body.feed(Unpooled.copiedBuffer(new byte[3]), false);
    try (ScriptedServer server =
        ScriptedServer.builder("early")
            .otherConnections(
                connection -> {
                  connection.readHead();
                  connection.send(PathServer.hello());
                  connection.awaitPeerClose();
                })
            .start()) {
      Request post =
          new RequestBuilder("POST")
              .setUrl("http://127.0.0.1:" + server.port() + "/")
              .setBody(body)
              .build();
      Calls.send(client, post, events.trace());
      client.close();
    }

    assertThat(events.names())
        .isEqualTo(
            all(
                DIALLED,
                List.of(
                    "wroteHeaderField",
                    "wroteHeaders",
                    "gotFirstResponseByte",
                    "gotResponse",
                    "wroteRequest"),
                PUT_BACK));
  }

  @Test
  void theContextOfTheCallerCounts() throws Exception {
    TraceContext.current()
        .withClientTrace(events.trace())
        .run(() -> client.prepareGet(site.url("/ok")).execute().toCompletableFuture().join());

    assertThat(events.names()).isEqualTo(all(DIALLED, EXCHANGED, PUT_BACK));
  }
}
