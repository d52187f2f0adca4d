package io.httptrace.conformance.http2.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.RawClient;
import io.httptrace.conformance.server.ScriptedServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class Http2FaultTest {
  /** Of one fault, with some more for the response before. */
  private static final int MOST_BYTES = 20_000_000;

  @Test
  void eachHasANameOfItsOwn() {
    Set<String> names = new HashSet<>();
    for (Http2Fault fault : Http2Fault.all()) {
      assertThat(fault.name()).matches("[a-z0-9-]+");
      assertThat(names.add(fault.name())).as(fault.name()).isTrue();
      assertThat(Http2Fault.named(fault.name())).isSameAs(fault);
    }
    assertThatThrownBy(() -> Http2Fault.named("none")).hasMessageContaining("none");
  }

  @TestFactory
  List<DynamicTest> eachMisbehavesWithBoundedBytes() {
    return Http2Fault.all().stream()
        .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> play(fault)))
        .toList();
  }

  /** The client says all it has to say, and so the script comes to its end. */
  private static void play(Http2Fault fault) throws Exception {
    ScriptedServer server =
        ScriptedServer.builder("faulty").connections(fault.clearText(3)).start();
    try (server;
        RawClient client = RawClient.begin(server, Http2Settings.none())) {
      for (int stream = 1; stream <= 7; stream += 2) {
        client.send(Frame.headers(stream, RawClient.get("/")).endStream());
      }
      client.endOutput();
      long bytes = client.readToEnd();
      assertThat(bytes).isBetween(1L, (long) MOST_BYTES);
    }
    assertThat(server.problems()).isEmpty();
    assertThat(server.requests()).hasSize(fault.fromTheFirstByte() ? 0 : 4);
  }
}
