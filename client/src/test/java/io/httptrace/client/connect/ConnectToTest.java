package io.httptrace.client.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.errors.TlsException;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The network connection to another place than the target. */
class ConnectToTest {
  private static final HttpRequest REQUEST =
      HttpRequest.newBuilder(URI.create("http://target.test:81/")).build();

  private static ScriptedServer server() {
    return server(connection -> {});
  }

  private static ScriptedServer server(ConnectionScript before) {
    return ScriptedServer.builder("elsewhere")
        .otherConnections(
            connection -> {
              before.run(connection);
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
              connection.awaitPeerClose();
            })
        .start();
  }

  @SuppressWarnings("NullAway") // a mistake that somebody can make
  static InetSocketAddress nowhere(InetSocketAddress target) {
    return null;
  }

  private static TracingHttpClient client(UnaryOperator<InetSocketAddress> destination) {
    return TracingHttpClient.newBuilder()
        .connectTo(destination)
        .resolver(
            host ->
                CompletableFuture.completedFuture(
                    host.equals("elsewhere.test")
                        ? List.of(InetAddress.getLoopbackAddress())
                        : List.of()))
        .build();
  }

  @Test
  void aNameIsLookedUpAndTheTargetStaysInTheRequest() throws Exception {
    try (ScriptedServer server = server();
        TracingHttpClient client =
            client(
                target ->
                    target.equals(InetSocketAddress.createUnresolved("target.test", 81))
                        ? InetSocketAddress.createUnresolved("elsewhere.test", server.port())
                        : target)) {
      TraceRecorder recorder = new TraceRecorder();

      assertThat(client.send(TracedRequest.of(REQUEST, recorder), BodyHandlers.ofString()).body())
          .isEqualTo("ok");
      RoundTrip roundTrip = recorder.timeline().roundTrips().get(0);
      assertThat(roundTrip.hostPort()).isEqualTo("target.test:81");
      assertThat(roundTrip.phases(PhaseKind.DNS).get(0).host()).isEqualTo("elsewhere.test");
      assertThat(roundTrip.phases(PhaseKind.CONNECT).get(0).address())
          .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      assertThat(server.requests().get(0).values("Host")).containsExactly("target.test:81");
    }
  }

  @Test
  void anAddressNeedsNoLookup() throws Exception {
    try (ScriptedServer server = server();
        TracingHttpClient client =
            client(target -> InetSocketAddress.createUnresolved("127.0.0.1", server.port()))) {
      TraceRecorder recorder = new TraceRecorder();

      client.send(TracedRequest.of(REQUEST, recorder), BodyHandlers.ofString());
      assertThat(recorder.timeline().roundTrips().get(0).phases(PhaseKind.DNS)).isEmpty();
    }
  }

  @Test
  void aDialThatNoCallerDrivesGoesThereToo() throws Exception {
    try (ScriptedServer server = server();
        TracingHttpClient client =
            client(target -> InetSocketAddress.createUnresolved("elsewhere.test", server.port()))) {
      assertThat(client.sendAsync(REQUEST, BodyHandlers.ofString()).get().body()).isEqualTo("ok");
    }
  }

  @Test
  void tlsIsWithTheTarget() throws Exception {
    ServerTls tls = ServerTls.with(TestCertificate.GOOD);
    try (ScriptedServer server = server(connection -> connection.startTls(tls));
        TracingHttpClient client =
            TracingHttpClient.newBuilder()
                .connectTo(target -> InetSocketAddress.createUnresolved("127.0.0.1", server.port()))
                .trustManager(TestCertificate.trusting())
                .build()) {
      HttpRequest good = HttpRequest.newBuilder(URI.create("https://example.test/")).build();
      HttpRequest other = HttpRequest.newBuilder(URI.create("https://elsewhere.test/")).build();

      assertThat(client.send(good, BodyHandlers.ofString()).body()).isEqualTo("ok");
      assertThatThrownBy(() -> client.send(other, BodyHandlers.ofString()))
          .isInstanceOf(TlsException.class)
          .hasMessageContaining("elsewhere.test:443");
    }
  }

  @Test
  void aFunctionThatThrowsFailsItsRequest() {
    try (CapturedLog log = CapturedLog.of(Strand.class);
        TracingHttpClient client =
            client(
                target -> {
                  throw new IllegalStateException("nowhere");
                })) {
      assertThatThrownBy(() -> client.send(REQUEST, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class)
          .hasRootCauseMessage("nowhere");
      assertThatThrownBy(() -> client.sendAsync(REQUEST, BodyHandlers.ofString()).get())
          .hasRootCauseMessage("nowhere");
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void aFunctionThatKnowsNoPlaceFailsItsRequest() {
    try (TracingHttpClient client = client(ConnectToTest::nowhere)) {
      assertThatThrownBy(() -> client.send(REQUEST, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("connectTo gave no place for target.test")
          .hasMessageContaining(":81");
    }
  }
}
