package io.httptrace.client.failures;

import static io.httptrace.RoundTripOutcome.FAILED;
import static io.httptrace.timeline.PhaseKind.TLS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.ProxyRoute;
import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.errors.TlsException;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that speak another protocol than they are taken to: which one, and not in their words. */
@Tag("tls")
class OtherProtocolTest {
  private static final String HTTP =
      "HTTP/1.1 400 Bad Request\r\nSet-Cookie: secret\r\nConnection: close\r\n\r\n";

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Trial trial = new Trial(guard);

  private static void quotesNothing(Throwable error, String answer) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    String hex = HexFormat.of().formatHex(answer.substring(0, 4).getBytes(ISO_8859_1));
    assertThat(trace.toString().toLowerCase(Locale.ROOT))
        .doesNotContain("secret")
        .doesNotContain(hex);
  }

  static Stream<Arguments> insteadOfTls() {
    return Stream.of(
        Arguments.of("HTTP/1.1 400 secret\r\n\r\n", "answered in plain HTTP"),
        Arguments.of("HTTP/2 400 secret", "answered in plain HTTP"),
        Arguments.of("SSH-2.0-OpenSSH secret", "the answer is not a TLS record"),
        Arguments.of("220 mail.example secret", "the answer is not a TLS record"),
        Arguments.of("\0\0\0\0\0", "the answer is not a TLS record"));
  }

  @ParameterizedTest
  @MethodSource
  void insteadOfTls(String answer, String message) throws Exception {
    ConnectionScript server =
        connection -> {
          connection.readClientHello();
          connection.send(answer);
          connection.close();
        };
    FailedRequest failed = trial.secure(trial.server(server)).fails();

    failed.phases("DNS DONE", "CONNECT DONE", "TLS FAILED").outcome(FAILED);
    failed.diedIn(TLS, TlsException.class).caught(TlsException.class);
    assertThat(((TlsException) failed.error()).reason()).isEqualTo(TlsException.Reason.NOT_TLS);
    assertThat(failed.error())
        .hasMessageMatching(
            "TLS handshake with example.test:\\d+: peer does not speak TLS: " + message);
    quotesNothing(failed.error(), answer);
    quotesNothing(failed.phaseError(), answer);
  }

  @Test
  void byteByByteInsteadOfTls() throws Exception {
    ConnectionScript server =
        connection -> {
          connection.readClientHello();
          for (byte one : HTTP.getBytes(ISO_8859_1)) {
            connection.send(new byte[] {one});
          }
          connection.close();
        };
    FailedRequest failed = trial.secure(trial.server(server)).fails();

    assertThat(failed.error()).hasMessageEndingWith("answered in plain HTTP");
    quotesNothing(failed.error(), HTTP);
  }

  @Test
  void afterTheHandshake() throws Exception {
    ConnectionScript server =
        connection -> {
          connection.startTls(ServerTls.with(TestCertificate.GOOD));
          connection.readRequest();
          connection.sendInTheClear("HTTP/1.1 200 OK\r\nX: secret\r\n\r\n");
          connection.close();
        };
    FailedRequest failed = trial.secure(trial.server(server)).fails();

    failed.outcome(FAILED);
    assertThat(failed.error()).hasMessageContaining("the answer is not a TLS record");
    quotesNothing(failed.error(), HTTP);
    quotesNothing(failed.roundTripError(), HTTP);
  }

  static Stream<Arguments> insteadOfHttp2() {
    return Stream.of(
        Arguments.of("HTTP/1.1 400 secret\r\n\r\n", "answered in HTTP/1"),
        Arguments.of("HTTP/1.0 200 OK\r\n\r\nsecret", "answered in HTTP/1"),
        Arguments.of("SSH-2.0-OpenSSH secret", "the answer is not HTTP/2"),
        Arguments.of("\25\3\3\0\2\2\106", "answered by TLS"));
  }

  @ParameterizedTest
  @MethodSource
  void insteadOfHttp2(String answer, String message) throws Exception {
    ConnectionScript server =
        connection -> {
          connection.readBytes(24);
          for (int i = 0; i < answer.length(); i++) {
            connection.send(answer.substring(i, i + 1));
          }
          connection.awaitPeerClose();
        };
    trial.client(b -> b.http2PriorKnowledge(true));
    FailedRequest failed = trial.to(trial.server(server)).fails();

    failed.outcome(FAILED);
    assertThat(failed.error())
        .hasMessageEndingWith(
            "the server broke a rule on the connection: PROTOCOL_ERROR (" + message + ")")
        .hasCauseInstanceOf(Http2Exception.class);
    quotesNothing(failed.error(), answer);
    quotesNothing(failed.roundTripError(), answer);
  }

  /** An https proxy that speaks plain HTTP. */
  @Test
  void aProxyInsteadOfTls() throws Exception {
    ConnectionScript proxy =
        connection -> {
          connection.readClientHello();
          connection.send(HTTP);
          connection.close();
        };
    var server = trial.server(proxy);
    trial.names().resolves("proxy.test", "127.0.0.1");
    trial.client(b -> b.proxy(ProxyRoute.https("proxy.test", server.port())));
    FailedRequest failed =
        trial.request(r -> r.uri(URI.create("https://" + Trial.HOST + "/"))).fails();

    assertThat(failed.error())
        .hasMessageStartingWith("TLS handshake with proxy.test:")
        .hasMessageEndingWith("answered in plain HTTP");
    quotesNothing(failed.error(), HTTP);
  }
}
