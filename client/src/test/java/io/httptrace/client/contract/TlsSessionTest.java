package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Gate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The TLS session of a response. */
@Tag("tls")
class TlsSessionTest extends Contract {
  private static final ServerTls TLS = ServerTls.with(TestCertificate.GOOD);

  private HttpClient secureClient(Subject subject) {
    return client(subject, Contract::trusting);
  }

  private static HttpRequest https(ScriptedServer server) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/")).build();
  }

  /** {@return a handler whose body is there when the connection has been closed by both sides} */
  private static BodyHandler<String> afterTheEnd(CompletableFuture<Gate> over) {
    return head ->
        BodySubscribers.mapping(
            BodyHandlers.ofString().apply(head),
            body -> {
              try {
                assertThat(soon(over).await(SOON)).isTrue();
                return body;
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
  }

  /** With the JDK's client the connection lives until the body is there. */
  @Test
  void isThereThoughTheConnectionIsGone() throws Exception {
    CompletableFuture<Gate> over = new CompletableFuture<>();
    ConnectionScript closing =
        connection -> {
          connection.startTls(TLS);
          connection.readRequest();
          connection.send("HTTP/1.0 200 OK\r\n\r\nlast");
          connection.endTls();
          over.complete(connection.over());
          connection.awaitPeerClose();
        };
    HttpResponse<String> response =
        soon(secureClient(Subject.HTTPTRACE).sendAsync(https(serve(closing)), afterTheEnd(over)));

    assertThat(response.body()).isEqualTo("last");
    assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(response.sslSession().orElseThrow().getPeerCertificates()).isNotEmpty();
  }

  private ScriptedServer secureServer() {
    return serve(
        connection -> {
          connection.startTls(TLS);
          connection.readRequest();
          connection.send(ok("hello"));
        });
  }

  private SSLSession session(Subject subject, ScriptedServer server) throws Exception {
    return secureClient(subject)
        .send(https(server), BodyHandlers.discarding())
        .sslSession()
        .orElseThrow();
  }

  @BothClients
  void isReadOnly(Subject subject) throws Exception {
    SSLSession session = session(subject, secureServer());

    assertThatThrownBy(session::invalidate).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> session.putValue("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> session.removeValue("a"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(session.isValid()).isTrue();
  }

  @BothClients
  void tellsAllThereIsToTell(Subject subject) throws Exception {
    ScriptedServer server = secureServer();
    SSLSession session = session(subject, server);

    assertThat(session.getId()).isNotNull();
    assertThat(session.getCipherSuite()).startsWith("TLS_");
    assertThat(session.getPeerHost()).isEqualTo("127.0.0.1");
    assertThat(session.getPeerPort()).isEqualTo(server.port());
    assertThat(session.getPeerPrincipal()).isNotNull();
    assertThat(session.getLocalCertificates()).isNull();
    assertThat(session.getLocalPrincipal()).isNull();
    assertThat(session.getCreationTime()).isPositive();
    assertThat(session.getLastAccessedTime()).isPositive();
    assertThat(session.getPacketBufferSize()).isPositive();
    assertThat(session.getApplicationBufferSize()).isPositive();
    assertThat(session.getSessionContext()).isNotNull();
    assertThat(session.getValue("a")).isNull();
    assertThat(session)
        .isInstanceOfSatisfying(
            ExtendedSSLSession.class,
            more -> {
              assertThat(more.getLocalSupportedSignatureAlgorithms()).isNotNull();
              assertThat(more.getPeerSupportedSignatureAlgorithms()).isNotNull();
              assertThat(more.getStatusResponses()).isEmpty();
            });
  }
}
