package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that say by TLS that they are done, and close the connection only after the client. */
@Tag("tls")
class CloseNotifyTest {
  private static final Duration LIMIT = Waiting.LIMIT;
  private static final ServerTls TLS = ServerTls.with(TestCertificate.GOOD);

  @RegisterExtension final LeakGuard guard = new LeakGuard();

  private final TracingHttpClient client =
      TracingHttpClient.newBuilder().trustManager(TestCertificate.credulous()).build();

  @AfterEach
  void close() {
    client.shutdownNow();
    client.close();
  }

  private ScriptedServer server(ConnectionScript... scripts) {
    return guard.watch(ScriptedServer.builder("done").connections(scripts).start());
  }

  private HttpResponse<String> get(ScriptedServer server) throws Exception {
    URI uri = URI.create("https://localhost:" + server.port() + "/");
    return client
        .sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void thatEndsAResponseWithoutALength(String version) throws Exception {
    ScriptedServer server =
        server(
            connection -> {
              connection.startTls(TLS.only(version));
              connection.readRequest();
              connection.send("HTTP/1.0 200 OK\r\n\r\nhello");
              connection.endTls();
              connection.awaitPeerClose();
            });

    assertThat(get(server).body()).isEqualTo("hello");
  }

  @Test
  void anIdleConnectionThatIsDoneIsClosed() throws Exception {
    ConnectionScript once =
        connection -> {
          connection.startTls(TLS);
          connection.readRequest();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
          connection.endTls();
          connection.awaitPeerClose();
        };
    ScriptedServer server = server(once, once);

    assertThat(get(server).body()).isEqualTo("hello");
    assertThat(server.awaitEnd(1, LIMIT)).isTrue();
    assertThat(get(server).body()).isEqualTo("hello");
    assertThat(server.accepted()).isEqualTo(2);
  }
}
