package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.server.TlsFaults;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that cannot be made, or that break: the types callers catch. */
@Tag("tls")
final class FailuresTest extends Contract {

  @BothClients
  void nobodyListens(Subject subject) {
    ScriptedServer server = open(ScriptedServer.builder("refusing").refusingOn("127.0.0.1"));

    assertFails(client(subject), get(server), BodyHandlers.discarding(), ConnectException.class);
  }

  @BothClients
  void noSuchHost(Subject subject) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://no-such-host.invalid/")).build();

    assertFails(client(subject), request, BodyHandlers.discarding(), ConnectException.class);
  }

  @BothClients
  void aConnectExceptionSaysWhatFailed(Subject subject) {
    ScriptedServer server = open(ScriptedServer.builder("refusing").refusingOn("127.0.0.1"));

    assertThat(failureOfSend(client(subject), get(server), BodyHandlers.discarding()))
        .hasCauseInstanceOf(IOException.class);
    if (subject == Subject.HTTPTRACE) {
      // The JDK's client has no message.
      assertThat(failureOfSend(client(subject), get(server), BodyHandlers.discarding()))
          .hasMessageContaining("Connection refused")
          .hasMessageContaining(":" + server.port());
    }
  }

  @BothClients
  void theConnectionIsResetBeforeTheResponse(Subject subject) {
    ScriptedServer server =
        serveAlways(
            connection -> {
              connection.readRequest();
              connection.reset();
            });
    HttpRequest request = request(server).POST(BodyPublishers.ofString("x")).build();

    Throwable thrown = failureOfSend(client(subject), request, BodyHandlers.discarding());

    assertThat(thrown).isInstanceOf(IOException.class);
    assertThat(failureOfSendAsync(client(subject), request, BodyHandlers.discarding()))
        .isInstanceOf(IOException.class);
  }

  @BothClients
  void theConnectionIsResetInTheBody(Subject subject) {
    ScriptedServer server =
        serveAlways(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
              connection.reset();
            });
    // With a POST, as a GET is sent again if the reset overtakes the head.
    HttpRequest request = request(server).POST(BodyPublishers.ofString("x")).build();

    assertThat(failureOfSend(client(subject), request, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class)
        .hasRootCauseInstanceOf(SocketException.class);
  }

  // ---- TLS ----

  private static URI https(ScriptedServer server) {
    return URI.create("https://127.0.0.1:" + server.port() + "/");
  }

  private static ConnectionScript tls(ServerTls tls) {
    return connection -> {
      connection.startTls(tls);
      while (true) {
        connection.readRequest();
        connection.send(ok("secure"));
      }
    };
  }

  @BothClients
  void https(Subject subject) throws Exception {
    HttpClient client = client(subject, Contract::trusting);
    ScriptedServer server = serveAlways(tls(ServerTls.with(TestCertificate.GOOD)));
    HttpRequest request = HttpRequest.newBuilder(https(server)).build();

    var response = client.send(request, BodyHandlers.ofString());

    assertThat(response.body()).isEqualTo("secure");
    assertThat(response.sslSession()).isPresent();
    assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(response.sslSession().orElseThrow().getPeerPort()).isEqualTo(server.port());
    assertThat(response.sslSession().orElseThrow().getPeerCertificates()).isNotEmpty();
  }

  static Stream<Arguments> certificatesThatAreNotGood() {
    return Subject.each(
        Stream.of(TestCertificate.values())
            .filter(certificate -> certificate != TestCertificate.GOOD)
            .map(Arguments::of));
  }

  @ParameterizedTest
  @MethodSource
  void certificatesThatAreNotGood(Subject subject, TestCertificate certificate) {
    HttpClient client = client(subject, Contract::trusting);
    ScriptedServer server = serveAlways(tls(ServerTls.with(certificate)));

    assertFails(
        client,
        HttpRequest.newBuilder(https(server)).build(),
        BodyHandlers.discarding(),
        SSLHandshakeException.class);
  }

  static Stream<Arguments> handshakesThatFail() {
    return Subject.each(
        Stream.of(
            Arguments.of(Named.of("an alert", TlsFaults.alert(40)), SSLHandshakeException.class),
            Arguments.of(Named.of("closed", TlsFaults.closesAfterHello()), IOException.class),
            Arguments.of(Named.of("reset", TlsFaults.resetsAfterHello()), IOException.class),
            Arguments.of(
                Named.of("plain HTTP", TlsFaults.answersInPlainHttp()), IOException.class)));
  }

  /** The JDK's client throws one of three types for the last three; ours one that is special. */
  @ParameterizedTest
  @MethodSource
  void handshakesThatFail(
      Subject subject, ConnectionScript script, Class<? extends IOException> type) {
    HttpClient client = client(subject, Contract::trusting);
    HttpRequest request = HttpRequest.newBuilder(https(serveAlways(script))).build();

    assertThat(failureOfSend(client, request, BodyHandlers.discarding())).isInstanceOf(type);
    assertThat(failureOfSendAsync(client, request, BodyHandlers.discarding()))
        .isInstanceOf(subject == Subject.HTTPTRACE ? SSLHandshakeException.class : type);
  }
}
