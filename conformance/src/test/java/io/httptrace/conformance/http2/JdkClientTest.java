package io.httptrace.conformance.http2;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The server against a client that others wrote. */
final class JdkClientTest {
  private static final ServerTls TLS = ServerTls.with(TestCertificate.GOOD);
  private static final String PRINTABLE =
      IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());

  private final HttpClient client =
      HttpClient.newBuilder()
          .sslContext(TestCertificate.trustingContext())
          .version(Version.HTTP_2)
          .build();

  @Test
  void speaksOverTls() throws Exception {
    ScriptedServer server =
        start(
            connection -> {
              ScriptedHttp2Connection http2 = ScriptedHttp2Connection.overTls(connection, TLS);
              http2.begin(Http2Settings.none());
              for (int i = 0; i < 2; i++) {
                ReceivedHeaders request = http2.awaitRequest();
                assertThat(request.value("x-all").strip()).isEqualTo(PRINTABLE.strip());
                http2.respond(request.stream(), 200, "hello " + i);
              }
            });
    try (server) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> response = send(server, "https", "/" + i);
        assertThat(response.version()).isEqualTo(Version.HTTP_2);
        assertThat(response.body()).isEqualTo("hello " + i);
      }
      assertThat(server.accepted()).isOne();
    }
    assertThat(server.problems()).isEmpty();
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void speaksAfterAnUpgrade() throws Exception {
    Http2Service service =
        Http2Service.answering(request -> Http2Answer.ok(request.headers().path()));
    ScriptedServer server = start(service.upgraded());
    try (server) {
      assertThat(send(server, "http", "/a").version()).isEqualTo(Version.HTTP_2);
      assertThat(send(server, "http", "/b").body()).isEqualTo("/b");
      assertThat(service.streamsByConnection()).containsExactly(2);
    }
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void canLeaveTheProtocolToTheClient() throws Exception {
    Http2Service service = Http2Service.answering(request -> Http2Answer.ok("2"));
    ConnectionScript http1 =
        connection -> {
          connection.readRequest();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
        };
    ScriptedServer server = start(service.secured(TLS, http1));
    try (server) {
      assertThat(send(server, "https", "/").body()).isEqualTo("2");
      HttpRequest old = request(server, "https", "/").version(Version.HTTP_1_1).build();
      assertThat(client.send(old, BodyHandlers.ofString()).body()).isEqualTo("1");
    }
    assertThat(service.connections()).isOne();
    assertThat(server.accepted()).isEqualTo(2);
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void canInsistOnHttp11() throws Exception {
    ScriptedServer server =
        start(
            connection -> {
              connection.startTls(TLS.protocols("http/1.1"));
              assertThat(connection.applicationProtocol()).isEqualTo("http/1.1");
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
            });
    try (server) {
      assertThat(send(server, "https", "/").version()).isEqualTo(Version.HTTP_1_1);
    }
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void manyRequestsHundredAtATime() throws Exception {
    Http2Service service =
        Http2Service.answering(request -> Http2Answer.ok(request.headers().path()))
            .with(Http2Settings.none().maxConcurrentStreams(100));
    ScriptedServer server = start(service.secured(TLS));
    try (server) {
      send(server, "https", "/first");
      Semaphore free = new Semaphore(100);
      List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        assertThat(free.tryAcquire(Waiting.LIMIT.toSeconds(), SECONDS)).isTrue();
        HttpRequest request = request(server, "https", "/" + i).build();
        sent.add(
            client
                .sendAsync(request, BodyHandlers.ofString())
                .whenComplete((response, error) -> free.release()));
      }
      for (int i = 0; i < 1_000; i++) {
        assertThat(sent.get(i).get(Waiting.LIMIT.toSeconds(), SECONDS).body()).isEqualTo("/" + i);
      }
    }
    assertThat(service.streams()).isEqualTo(1_001);
    assertThat(service.mostStreamsAtOnce()).isBetween(1, 100);
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void largeBodiesGoBothWays() throws Exception {
    int size = 3_000_000;
    Http2Service service =
        Http2Service.answering(request -> Http2Answer.status(200).bodyOf(request.bodyLength()));
    ScriptedServer server = start(service.secured(TLS));
    try (server) {
      HttpRequest upload =
          request(server, "https", "/").POST(BodyPublishers.ofByteArray(new byte[size])).build();
      assertThat(client.send(upload, BodyHandlers.ofByteArray()).body()).hasSize(size);
    }
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void streamThatIsResetFails() throws Exception {
    Http2Service service =
        Http2Service.answering(request -> Http2Answer.ok("half").reset(ErrorCodes.INTERNAL_ERROR));
    ScriptedServer server = start(service.secured(TLS));
    try (server) {
      assertThatThrownBy(() -> send(server, "https", "/")).isInstanceOf(IOException.class);
    }
    assertThat(server.problems()).isEmpty();
  }

  private HttpResponse<String> send(ScriptedServer server, String scheme, String path)
      throws IOException, InterruptedException {
    return client.send(request(server, scheme, path).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(ScriptedServer server, String scheme, String path) {
    return HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + server.port() + path))
        .timeout(Waiting.LIMIT)
        .header("X-All", PRINTABLE);
  }

  private static ScriptedServer start(ConnectionScript script) {
    return ScriptedServer.builder("server").otherConnections(script).start();
  }
}
