package io.httptrace.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.TlsConnectionState;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** TLS sockets of an application, which cannot tell everything. */
final class WrappedSslSocketTest {
  private final List<TlsConnectionState> states = new CopyOnWriteArrayList<>();

  private String get(WrappingSslSockets sockets) throws IOException {
    OkHttpClient client =
        OkHttpTracing.create()
            .install(
                new OkHttpClient.Builder()
                    .dns(host -> List.of(InetAddress.getLoopbackAddress()))
                    .sslSocketFactory(sockets, TestCertificate.trusting()))
            .build();
    ClientTrace trace =
        ClientTrace.builder().tlsHandshakeDone((state, error) -> states.add(state)).build();
    try (ScriptedServer server =
        ScriptedServer.builder("tls")
            .otherConnections(
                connection -> {
                  connection.startTls(ServerTls.with(TestCertificate.GOOD));
                  connection.readRequest();
                  connection.send(PathServer.hello());
                })
            .start()) {
      Request request =
          new Request.Builder()
              .url("https://example.test:" + server.port() + "/")
              .tag(ClientTrace.class, trace)
              .build();
      try (Response response = client.newCall(request).execute()) {
        return response.body().string();
      } finally {
        client.connectionPool().evictAll();
      }
    }
  }

  private static WrappingSslSockets sockets(boolean parameters) {
    return new WrappingSslSockets(TestCertificate.trustingContext().getSocketFactory(), parameters);
  }

  @Test
  void oneThatDoesNotKnowTheProtocolHarmsNothing() throws IOException {
    assertThat(get(sockets(true))).isEqualTo("hello");

    assertThat(states).hasSize(1);
    assertThat(states.get(0).applicationProtocol()).isEmpty();
    assertThat(states.get(0).serverName()).isEqualTo("example.test");
    assertThat(states.get(0).version()).startsWith("TLSv1.");
    assertThat(states.get(0).peerCertificates()).isNotEmpty();
  }

  @Test
  void oneThatThrowsIsNotAskedForMore() throws IOException {
    assertThat(get(sockets(false))).isEqualTo("hello");

    assertThat(states).hasSize(1);
    assertThat(states.get(0).serverName()).isEmpty();
    assertThat(states.get(0).version()).startsWith("TLSv1.");
    assertThat(states.get(0).peerCertificates()).isNotEmpty();
  }
}
