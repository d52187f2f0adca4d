package io.httptrace.reactornetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.RoundTripReason;
import io.httptrace.conformance.ClientRequest.Header;
import io.httptrace.conformance.body.RequestBody;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Which hooks are called, and in which order. */
final class EventOrderTest {
  private static final List<String> DIALLED =
      List.of("roundTripStart", "getConn", "connectStart", "connectDone", "gotConn");
  private static final List<String> REUSED = List.of("roundTripStart", "getConn", "gotConn");
  private static final List<String> WROTE =
      List.of("wroteHeaderField", "wroteHeaders", "wroteRequest");
  private static final List<String> GOT = List.of("gotFirstResponseByte", "gotResponse");
  private static final List<String> PUT_BACK = List.of("putIdleConn", "roundTripDone");
  private static final List<String> DONE = List.of("roundTripDone");

  private final PathServer site = new PathServer();
  private final HookNames events = new HookNames();
  private final ConnectionProvider provider = ConnectionProvider.create("order", 10);
  private final HttpClient client =
      ReactorNettyTracing.create().install(HttpClient.create(provider));

  @AfterEach
  void close() {
    provider.disposeLater().block();
    site.close();
  }

  private String get(HttpClient of, String url) throws Exception {
    return Calls.read(Calls.get(of, url, events.trace()));
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
    get(client, site.url("/ok"));
    get(client, site.url("/ok"));

    assertThat(events.names())
        .isEqualTo(all(DIALLED, WROTE, GOT, PUT_BACK, REUSED, WROTE, GOT, PUT_BACK));
  }

  @Test
  void aBodyIsWrittenAfterTheHead() throws Exception {
    RequestBody body = RequestBody.of("hello".getBytes(UTF_8)).unknownLength().build();
    Calls.read(Calls.post(client, site.url("/ok"), body, events.trace()));

    assertThat(events.names()).isEqualTo(all(DIALLED, WROTE, GOT, PUT_BACK));
  }

  /** Reactor Netty asks for the second connection before the first one is given back, mostly. */
  @Test
  void aRedirectIsARoundTripWithAConnectionOfItsOwnOrTheFirstOne() throws Exception {
    get(client.followRedirect(true), site.url("/redirect"));

    List<String> second = all(PUT_BACK, DIALLED, WROTE, GOT, PUT_BACK);
    List<String> reused = all(PUT_BACK, REUSED, WROTE, GOT, PUT_BACK);
    assertThat(events.names())
        .isIn(all(DIALLED, WROTE, GOT, second), all(DIALLED, WROTE, GOT, reused));
    assertThat(events.recorder().timeline().roundTrips())
        .extracting(RoundTrip::reason)
        .containsExactly(RoundTripReason.FIRST, RoundTripReason.REDIRECT);
    assertThat(events.recorder().timeline().roundTrips().get(1).uri(Redaction.NONE))
        .isEqualTo(site.url("/ok"));
  }

  @Test
  void aRedirectThatIsNotFollowedIsAResponse() throws Exception {
    get(client, site.url("/redirect"));

    assertThat(events.names()).isEqualTo(all(DIALLED, WROTE, GOT, PUT_BACK));
  }

  @Test
  void aNameIsLookedUp() throws Exception {
    get(client, "http://localhost:" + site.port() + "/ok");

    assertThat(events.names())
        .startsWith("roundTripStart", "getConn", "dnsStart", "dnsDone", "connectStart");
  }

  @Test
  void withoutAPoolNoConnectionIsGivenBack() throws Exception {
    HttpClient single = ReactorNettyTracing.create().install(HttpClient.newConnection());
    get(single, site.url("/ok"));

    assertThat(events.names()).isEqualTo(all(DIALLED, WROTE, GOT, DONE));
  }

  @Test
  void aConnectionThatAnUntracedCallHasMadeIsReused() throws Exception {
    CompletableFuture<Channel> used = new CompletableFuture<>();
    var nobody =
        client
            .get()
            .uri(site.url("/ok"))
            .responseConnection(
                (head, connection) -> {
                  used.complete(connection.channel());
                  return connection.inbound().receive();
                });
    nobody.blockLast();
    // It is given back just after the end of the response.
    used.get().eventLoop().submit(() -> {}).sync();
    get(client, site.url("/ok"));

    assertThat(events.names()).isEqualTo(all(REUSED, WROTE, GOT, PUT_BACK));
  }

  @Test
  void aRefusedConnectionIsToldOnce() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    QuietLog.on();
    assertThatThrownBy(() -> get(client, "http://127.0.0.1:" + port))
        .isInstanceOf(IOException.class);

    assertThat(events.names())
        .isEqualTo(all(List.of("roundTripStart", "getConn", "connectStart", "connectDone"), DONE));
  }

  @Test
  void aContinueIsToldAndTheBodyIsNotHeldBack() throws Exception {
    RequestBody body = RequestBody.of("hello".getBytes(UTF_8)).build();
    Header expect = new Header("Expect", "100-continue");
    Calls.read(Calls.post(client, site.url("/continue"), body, events.trace(), expect));

    assertThat(events.names())
        .isEqualTo(
            all(
                DIALLED,
                WROTE,
                List.of("gotFirstResponseByte", "got100Continue", "got1xxResponse", "gotResponse"),
                PUT_BACK));
  }

  @Test
  void aHookCanAbortAtAnInformationalResponse() {
    QuietLog.on();
    ClientTrace veto =
        ClientTrace.builder()
            .got1xxResponse(
                (code, fields) -> {
                  throw new IOException("not " + code);
                })
            .build();

    assertThatThrownBy(() -> Calls.read(Calls.get(client, site.url("/continue"), veto)))
        .hasMessage("got1xxResponse has aborted the request")
        .hasRootCauseMessage("not 100");
  }

  @Test
  void aBodyThatFailsIsToldBeforeTheCallFails() {
    QuietLog.on();
    RequestBody body = RequestBody.of(new byte[100]).unknownLength().failAfter(10).build();
    assertThatThrownBy(() -> Calls.read(Calls.post(client, site.url("/ok"), body, events.trace())))
        .isInstanceOf(IOException.class);

    assertThat(events.names()).isEqualTo(all(DIALLED, WROTE, DONE));
  }

  @Test
  void aResponseThatComesBeforeTheWholeRequestEndsTheRequest() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.builder("early")
            .otherConnections(
                connection -> {
                  connection.readHead();
                  connection.send(PathServer.hello());
                  connection.awaitPeerClose();
                })
            .start()) {
      Gate never = new Gate();
      RequestBody body =
          RequestBody.of(new byte[100]).unknownLength().pauseAfter(10, never).build();
      String url = "http://127.0.0.1:" + server.port() + "/";

      assertThat(Calls.read(Calls.post(client, url, body, events.trace()))).isEqualTo("hello");
      never.open();
    }

    assertThat(events.names())
        .isEqualTo(
            all(
                DIALLED,
                List.of("wroteHeaderField", "wroteHeaders"),
                GOT,
                List.of("wroteRequest"),
                DONE));
  }
}
