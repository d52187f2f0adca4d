package io.httptrace.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.Hook;
import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.golden.GoldenRecording;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a hook that is not told would have told is seen from outside. */
final class OutsideViewTest {
  private static final GoldenRecording TWO_REQUESTS = GoldenRecording.load("late-binding");

  private final ScriptedServer server =
      ScriptedServer.builder("origin").connections(connection -> connection.readRequest()).start();
  private final FakeResolver resolver = new FakeResolver();
  private final Set<String> begun = new HashSet<>();
  private final OutsideView view =
      new OutsideView(TWO_REQUESTS.plan(), List.of(server), resolver, begun::contains);

  @AfterEach
  void close() {
    server.close();
  }

  private void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void eachStepOfARequestIsSeen() throws Exception {
    assertThat(view.shows("r1", Hook.GET_CONN)).isFalse();
    begun.add("r1");
    assertThat(view.shows("r1", Hook.GET_CONN)).isTrue();
    assertThat(view.shows("r2", Hook.GET_CONN)).isFalse();

    assertThat(view.shows("r1", Hook.DNS_START)).isFalse();
    var unused = resolver.lookup("example.test");
    assertThat(view.shows("r1", Hook.DNS_START)).isTrue();
    assertThat(view.shows("r2", Hook.DNS_START)).isFalse();

    assertThat(view.shows("r1", Hook.CONNECT_DONE)).isFalse();
    try (Socket socket =
        new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.port())) {
      view.await("r1", Hook.CONNECT_DONE, Waiting.LIMIT);
      assertThat(view.shows("r2", Hook.CONNECT_DONE)).isFalse();

      assertThat(view.shows("r1", Hook.WROTE_REQUEST)).isFalse();
      send(socket, "GET / HTTP/1.1\r\nHost: example.test\r\n\r\n");
      view.await("r1", Hook.WROTE_REQUEST, Waiting.LIMIT);
      assertThat(view.shows("r2", Hook.WROTE_REQUEST)).isFalse();
    }
  }

  @Test
  void whatDoesNotComeIsNamed() {
    assertThatThrownBy(() -> view.await("r2", Hook.WROTE_REQUEST, Duration.ofMillis(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("waited in vain for the servers to see r2.wroteRequest");
  }
}
