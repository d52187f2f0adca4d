package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.TraceContext;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order of the hooks, where the scenarios do not look. */
class OrderTest {
  private static final ServerTls TLS = ServerTls.with(TestCertificate.GOOD);

  private final SeenHooks seen = new SeenHooks();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .sslContext(TestCertificate.trustingContext())
          .authenticator(
              new Authenticator() {
                @Override
                protected PasswordAuthentication getPasswordAuthentication() {
                  return new PasswordAuthentication("user", "pass".toCharArray());
                }
              })
          .build();

  @AfterEach
  void closes() {
    Clients.close(client);
  }

  private static HttpRequest.Builder to(ScriptedServer server) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/"));
  }

  private static final List<String> WRITES =
      List.of("wroteHeaderField", "wroteHeaders", "wroteRequest(none)");

  private List<String> withoutWrites() throws InterruptedException {
    return seen.events().stream().filter(e -> !WRITES.contains(e)).collect(Collectors.toList());
  }

  @Test
  void aGetHasTheHooksOfGoInTheirOrder() throws Exception {
    try (ScriptedServer server = Servers.answering("hello")) {
      HttpRequest request = JdkTracing.traced(to(server).build(), seen);

      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("hello");

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

  @Test
  void timesAreThoseOfTheEventsAndGoUp() throws Exception {
    try (ScriptedServer server = Servers.answering("hello")) {
      long before = System.nanoTime();
      client.send(JdkTracing.traced(to(server).build(), seen), BodyHandlers.ofString());
      long after = System.nanoTime();

      seen.events();
      List<Long> times = seen.times();
      assertThat(times.get(0)).isGreaterThanOrEqualTo(before);
      assertThat(times.get(times.size() - 1)).isLessThanOrEqualTo(after);
      // The lookup is told late, but its times are true; the rest is told in order.
      assertThat(times).isSorted();
    }
  }

  @Test
  void theTraceAroundABlockIsCalledAfterThatOfTheRequest() throws Exception {
    SeenHooks around = new SeenHooks();
    try (ScriptedServer server = Servers.answering("hello")) {
      TraceContext.current()
          .withClientTrace(around)
          .run(
              () ->
                  client.send(
                      JdkTracing.traced(to(server).build(), seen), BodyHandlers.ofString()));

      assertThat(around.events()).isEqualTo(seen.events());
      assertThat(around.times()).isEqualTo(seen.times());
    }
  }

  @Test
  void aTraceOfAllRequestsOfTheJvm() throws Exception {
    JdkTracing tracing = JdkTracing.installed().orElseThrow();
    try (ScriptedServer server = Servers.answering("hello")) {
      tracing.clientTrace(request -> seen);
      client.send(to(server).build(), BodyHandlers.ofString());
      tracing.clientTrace(null);
      client.send(to(server).build(), BodyHandlers.ofString());

      assertThat(seen.events()).filteredOn("getConn"::equals).hasSize(1);
    } finally {
      tracing.clientTrace(null);
    }
  }

  @Test
  void aChallengeIsAnsweredInARoundTripOfItsOwn() throws Exception {
    ScriptedServer server =
        Servers.with(
            connection -> {
              connection.readRequest();
              connection.send(
                  "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"r\"\r\n"
                      + "Content-Length: 2\r\n\r\nno");
              connection.readRequest();
              connection.send(Servers.ok("hello"));
            });
    try (server) {
      client.send(JdkTracing.traced(to(server).build(), seen), BodyHandlers.ofString());

      assertThat(withoutWrites())
          .containsExactly(
              "roundTripStart(1 FIRST)",
              "getConn",
              "dnsStart(localhost)",
              "dnsDone([localhost/127.0.0.1] none)",
              "connectStart",
              "connectDone(none)",
              "gotConn(reused=false wasIdle=false)",
              "gotFirstResponseByte",
              "gotResponse(401 HTTP/1.1)",
              "putIdleConn(none)",
              "roundTripDone(COMPLETED none)",
              "roundTripStart(2 AUTHENTICATION)",
              "getConn",
              "gotConn(reused=true wasIdle=true)",
              "gotFirstResponseByte",
              "gotResponse(200 HTTP/1.1)",
              "putIdleConn(none)",
              "roundTripDone(COMPLETED none)");
    }
  }

  @Test
  void http2AfterAnUpgrade() throws Exception {
    Http2Service service = Http2Service.answering(request -> Http2Answer.ok("hello"));
    try (ScriptedServer server = Servers.with(service.upgraded())) {
      HttpRequest request = to(server).version(Version.HTTP_2).build();
      client.send(JdkTracing.traced(request, seen), BodyHandlers.ofString());

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
              "gotResponse(200 HTTP/2)",
              "roundTripDone(COMPLETED none)");
      assertThat(seen.fields()).contains("HTTP2-Settings", "Upgrade");
    }
  }

  @Test
  void http2OverTls() throws Exception {
    Http2Service service = Http2Service.answering(request -> Http2Answer.ok("hello"));
    try (ScriptedServer server = Servers.with(service.secured(TLS))) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/"))
              .version(Version.HTTP_2)
              .build();
      client.send(JdkTracing.traced(request, seen), BodyHandlers.ofString());

      assertThat(seen.events())
          .containsExactly(
              "roundTripStart(1 FIRST)",
              "getConn",
              "connectStart",
              "connectDone(none)",
              "tlsHandshakeStart",
              "tlsHandshakeDone(TLSv1.3 h2 none)",
              "gotConn(reused=false wasIdle=false)",
              "wroteHeaderField",
              "wroteHeaders",
              "wroteRequest(none)",
              "gotFirstResponseByte",
              "gotResponse(200 HTTP/2)",
              "roundTripDone(COMPLETED none)");
    }
  }

  @Test
  void theHookThatThrowsAbortsAndTheNextRequestDialsAnew() throws Exception {
    SeenHooks veto =
        new SeenHooks() {
          @Override
          public void got1xxResponse(int code, Map<String, List<String>> header)
              throws IOException {
            super.got1xxResponse(code, header);
            throw new IOException("no hints");
          }
        };
    ScriptedServer server =
        Servers.with(
            connection -> {
              connection.readRequest();
              if (connection.number() == 1) {
                connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
                connection.awaitPeerClose();
              } else {
                connection.send(Servers.ok("hello"));
              }
            });
    try (server) {
      HttpRequest request = JdkTracing.traced(to(server).build(), veto);
      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class)
          .hasMessage("no hints");
      assertThat(client.send(to(server).build(), BodyHandlers.ofString()).body())
          .isEqualTo("hello");

      assertThat(veto.events())
          .endsWith(
              "gotFirstResponseByte", "got1xxResponse(103)", "roundTripDone(FAILED IOException)");
      assertThat(server.accepted()).isEqualTo(2);
    }
  }
}
