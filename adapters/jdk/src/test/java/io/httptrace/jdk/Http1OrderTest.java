package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ScriptedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The order of the hooks over HTTP/1.1. */
class Http1OrderTest {
  private final SeenHooks seen = new SeenHooks();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void aGetHasTheHooksOfGoInTheirOrder() throws Exception {
    ScriptedServer server = Servers.answering("hello");
    try (server) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/")).build();

      assertThat(client.send(JdkTracing.traced(request, seen), BodyHandlers.ofString()).body())
          .isEqualTo("hello");

      assertThat(seen.events())
          .containsExactly(
              "roundTripStart(1 FIRST)",
              "getConn",
              "dnsStart(localhost)",
              "dnsDone([localhost/127.0.0.1] none)",
              "connectStart",
              "connectDone(none)",
              "gotConn(reused=false wasIdle=false)",
              "wroteHeaderField",
              "wroteHeaders",
              "wroteRequest(none)",
              "gotFirstResponseByte",
              "gotResponse(200 HTTP/1.1)",
              "putIdleConn(none)",
              "roundTripDone(COMPLETED none)");
      assertThat(seen.fields()).contains("Host", "User-Agent");
    }
  }
}
