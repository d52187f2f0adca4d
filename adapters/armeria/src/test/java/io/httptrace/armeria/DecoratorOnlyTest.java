package io.httptrace.armeria;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClientBuilder;
import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceEvent;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients whose factory has not been prepared: dials are told from Armeria's timings. */
final class DecoratorOnlyTest {
  private static final List<String> REST =
      List.of(
          "gotConn",
          "wroteHeaderField",
          "wroteHeaders",
          "wroteRequest",
          "gotFirstResponseByte",
          "gotResponse",
          "putIdleConn",
          "roundTripDone");

  private final PathServer site = new PathServer();
  private final HookNames events = new HookNames();
  private final TestClient client =
      TestClient.of(
          ArmeriaTracing.create(),
          ClientFactory.builder()
              .preferHttp1(true)
              .tlsCustomizer(tls -> tls.trustManager(TestCertificate.trusting())),
          (WebClientBuilder builder) -> {});

  @AfterEach
  void close() {
    client.close();
    site.close();
  }

  private List<String> get(String url) {
    int before = events.names().size();
    client.get(url, events.trace());
    return namesFrom(before);
  }

  private List<String> namesFrom(int before) {
    List<String> names = events.awaitRoundTripDone().names();
    return names.subList(before, names.size());
  }

  private Timeline timeline() {
    return events.recorder().timeline();
  }

  @Test
  void aConnectionThatIsDialledAndThenReused() {
    assertThat(get(site.url("/ok")))
        .startsWith("roundTripStart", "getConn", "connectStart", "connectDone")
        .endsWith(REST.toArray(new String[0]))
        .hasSize(4 + REST.size());
    assertThat(get(site.url("/ok")))
        .startsWith("roundTripStart", "getConn")
        .hasSize(2 + REST.size());
    assertThat(timeline().events()).isSortedAccordingTo(Comparator.comparing(TraceEvent::offset));
  }

  @Test
  void aName() {
    assertThat(get("http://localhost:" + site.port() + "/ok"))
        .startsWith(
            "roundTripStart",
            "getConn",
            "dnsStart",
            "dnsDone",
            "connectStart",
            "connectDone",
            "gotConn");
  }

  @Test
  void tls() {
    try (ScriptedServer server =
        ScriptedServer.builder("tls")
            .otherConnections(
                connection -> {
                  connection.startTls(ServerTls.with(TestCertificate.GOOD));
                  connection.readRequest();
                  connection.send(PathServer.hello());
                  connection.awaitPeerClose();
                })
            .start()) {
      assertThat(get("https://127.0.0.1:" + server.port()))
          .startsWith(
              "roundTripStart",
              "getConn",
              "connectStart",
              "connectDone",
              "tlsHandshakeStart",
              "tlsHandshakeDone",
              "gotConn");
    }
    assertThat(timeline().ended()).isTrue();
  }

  @Test
  void aRefusedConnection() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    client.fail(client.send("http://127.0.0.1:" + port, events.trace()));

    assertThat(namesFrom(0))
        .containsExactly(
            "roundTripStart", "getConn", "connectStart", "connectDone", "roundTripDone");
    RoundTrip failed = timeline().roundTrips().get(0);
    assertThat(failed.failedPhase()).isNotNull();
    assertThat(failed.failedPhase().kind().label()).isEqualTo("connect");
  }

  @Test
  void theTimelineSaysSo() {
    client.get(site.url("/ok"), events.trace());
    events.awaitRoundTripDone();

    HookSupport support = timeline().hookSupport();
    assertThat(support).isNotNull();
    assertThat(support.level(Hook.CONNECT_START)).isEqualTo(HookSupport.Level.STAMPED);
    assertThat(support.level(Hook.PROXY_CONNECT_START)).isEqualTo(HookSupport.Level.NEVER);
    assertThat(support.reason(Hook.CONNECT_START)).startsWith("the ClientFactory has not been");
  }
}
