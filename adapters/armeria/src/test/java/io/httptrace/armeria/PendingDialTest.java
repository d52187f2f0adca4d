package io.httptrace.armeria;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.util.EventLoopGroups;
import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Gate;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.TraceEvent;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Requests that hope for HTTP/2 wait for the dial of another one, and dial if there is none. */
final class PendingDialTest {
  private static final List<String> EXCHANGE =
      List.of(
          "gotConn",
          "wroteHeaderField",
          "wroteHeaders",
          "wroteRequest",
          "gotFirstResponseByte",
          "gotResponse",
          "putIdleConn",
          "roundTripDone");

  private final EventLoopGroup loop = EventLoopGroups.newEventLoopGroup(1);
  private final ArmeriaTracing tracing = ArmeriaTracing.create();

  /** Sends requests at once, the first of which dials; lets it go on when all others wait. */
  private List<HookNames> send(ScriptedServer server, Gate go, int count) {
    List<HookNames> all = new ArrayList<>();
    try (TestClient client =
        TestClient.of(
            tracing,
            tracing
                .install(ClientFactory.builder())
                .workerGroup(loop, true)
                .tlsCustomizer(tls -> tls.trustManager(TestCertificate.trusting())),
            builder -> {})) {
      List<CompletableFuture<AggregatedHttpResponse>> responses = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        HookNames events = new HookNames();
        all.add(events);
        responses.add(
            client.send("https://127.0.0.1:" + server.port(), events.trace()).aggregate());
      }
      loop.submit(() -> {}).syncUninterruptibly(); // They wait, all of them.
      go.open();
      for (CompletableFuture<AggregatedHttpResponse> response : responses) {
        response.handle((ok, failure) -> null).join();
      }
      all.forEach(HookNames::awaitRoundTripDone);
    }
    return all;
  }

  private static void serve(ServerConnection connection, Gate go) throws Exception {
    connection.await(go);
    connection.startTls(ServerTls.with(TestCertificate.GOOD));
    connection.readRequest();
    connection.send(PathServer.hello());
    connection.awaitPeerClose();
  }

  private static List<String> after(String... names) {
    List<String> all = new ArrayList<>(List.of("roundTripStart", "getConn"));
    all.addAll(List.of(names));
    all.addAll(EXCHANGE);
    return all;
  }

  @Test
  void thoseThatDialAfterAllTellItWithItsTimes() {
    Gate go = new Gate();
    try (ScriptedServer server =
        ScriptedServer.builder("tls")
            .otherConnections(connection -> serve(connection, go))
            .start()) {
      List<HookNames> all = send(server, go, 3);

      String[] dial = {
        "connectStart", "connectDone", "tlsHandshakeStart", "tlsHandshakeDone",
      };
      assertThat(all.get(0).names()).isEqualTo(after(dial));
      for (HookNames waited : all.subList(1, 3)) {
        assertThat(waited.names())
            .isEqualTo(after("connWaitStart", dial[0], dial[1], dial[2], dial[3]));
        assertThat(waited.recorder().timeline().events())
            .isSortedAccordingTo(Comparator.comparing(TraceEvent::offset));
        HookSupport support = waited.recorder().timeline().hookSupport();
        assertThat(support).isEqualTo(ArmeriaSupports.usual(false));
        assertThat(support.level(Hook.CONNECT_START)).isEqualTo(HookSupport.Level.STAMPED);
      }
      assertThat(server.accepted()).isEqualTo(3);
    }
  }

  @Test
  void thoseWhoseDialFailsTellThatToo() {
    Gate go = new Gate();
    try (ScriptedServer server =
        ScriptedServer.builder("closing")
            .otherConnections(
                connection -> {
                  connection.await(go);
                  connection.close();
                })
            .start()) {
      for (HookNames each : send(server, go, 2)) {
        RoundTrip failed = each.recorder().timeline().roundTrips().get(0);
        Phase in = failed.failedPhase();
        assertThat(in).isNotNull();
        assertThat(in.kind().label()).isEqualTo("tls");
      }
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void oneThatGetsTheConnectionOfAnotherHasWaitedForIt() {
    Gate go = new Gate();
    Http2Service service = Http2Service.answering(request -> Http2Answer.ok("hello"));
    ConnectionScript secured = service.secured(ServerTls.with(TestCertificate.GOOD));
    try (ScriptedServer server =
        ScriptedServer.builder("http2")
            .otherConnections(
                connection -> {
                  connection.await(go);
                  secured.run(connection);
                })
            .start()) {
      List<HookNames> all = send(server, go, 2);

      assertThat(all.get(1).names())
          .startsWith("roundTripStart", "getConn", "connWaitStart", "gotConn")
          .doesNotContain("connectStart");
      RoundTrip waited = all.get(1).recorder().timeline().roundTrips().get(0);
      assertThat(waited.phases().get(0).kind().label()).isEqualTo("queue");
      assertThat(service.connections()).isEqualTo(1);
    }
  }
}
