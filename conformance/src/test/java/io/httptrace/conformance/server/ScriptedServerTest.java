package io.httptrace.conformance.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

final class ScriptedServerTest {
  private static final String REQUEST =
      "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";

  @Test
  void sendsExactlyTheBytesOfTheScript() throws Exception {
    byte[] odd = {0, (byte) 0xff, '\n', 1};
    ScriptedServer server =
        start(
            connection -> {
              connection.readRequest();
              connection.send(odd);
              connection.close();
            });
    try (server;
        Socket socket = connect(server)) {
      socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(odd);
    }
    assertThat(server.requests())
        .containsExactly(
            new ReceivedRequestHead(
                "POST /x HTTP/1.1", java.util.List.of("Host: h", "Content-Length: 3")));
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void readsChunkedBodies() throws Exception {
    ScriptedServer server =
        start(
            connection -> {
              connection.send(connection.readBody(connection.readHead()));
              connection.close();
            });
    try (server;
        Socket socket = connect(server)) {
      String chunked =
          "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
      socket.getOutputStream().write(chunked.getBytes(US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("abcde");
    }
  }

  @Test
  void scriptsAreForOneConnectionEach() throws Exception {
    ScriptedServer server = start(sendsAndCloses("first"), sendsAndCloses("second"));
    try (server) {
      assertThat(readAll(server)).isEqualTo("first");
      assertThat(readAll(server)).isEqualTo("second");
      assertThatThrownBy(() -> readAll(server)).isInstanceOf(SocketException.class);
      assertThat(server.accepted()).isEqualTo(3);
      assertThat(server.problems()).singleElement().asString().contains("unexpected connection #3");
    }
  }

  @Test
  void waitsAtAGate() throws Exception {
    Gate gate = new Gate();
    ScriptedServer server =
        start(
            connection -> {
              connection.send("a");
              connection.await(gate);
              connection.send("b");
              connection.close();
            });
    try (server;
        Socket socket = connect(server)) {
      assertThat(socket.getInputStream().read()).isEqualTo('a');
      socket.setSoTimeout(100);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      gate.open();
      socket.setSoTimeout((int) Waiting.LIMIT.toMillis());
      assertThat(socket.getInputStream().read()).isEqualTo('b');
    }
  }

  @Test
  void canReset() throws Exception {
    ScriptedServer server =
        start(
            connection -> {
              connection.readRequest();
              connection.reset();
            });
    try (server;
        Socket socket = connect(server)) {
      socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void knowsWhetherTheClientHasClosed() throws Exception {
    ScriptedServer server = start(sendsAndCloses("x"));
    try (server) {
      Socket socket = connect(server);
      assertThat(socket.getInputStream().readAllBytes()).hasSize(1);
      assertThat(server.openConnections()).hasSize(1);
      assertThat(server.awaitEnd(1, Duration.ofMillis(50))).isFalse();
      socket.close();
      assertThat(server.awaitEnd(1, Waiting.LIMIT)).isTrue();
      assertThat(server.openConnections()).isEmpty();
    }
  }

  @Test
  void sharesOnePortBetweenAddresses() throws Exception {
    ScriptedServer server =
        ScriptedServer.builder("mixed")
            .on("127.0.0.2")
            .refusingOn("127.0.0.1")
            .hangingOn("::1")
            .connections(sendsAndCloses("here"))
            .start();
    try (server) {
      try (Socket socket = new Socket()) {
        assertThatThrownBy(() -> socket.connect(at("127.0.0.1", server)))
            .isInstanceOf(ConnectException.class);
      }
      try (Socket socket = new Socket()) {
        assertThatThrownBy(() -> socket.connect(at("::1", server), 300))
            .isInstanceOf(SocketTimeoutException.class);
      }
      try (Socket socket = connect("127.0.0.2", server)) {
        assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("here");
      }
      assertThat(server.accepted()).isOne();
    }
  }

  @Test
  void speaksTls() throws Exception {
    ServerTls tls = ServerTls.with(TestCertificate.GOOD).only("TLSv1.2");
    ScriptedServer server =
        start(
            connection -> {
              connection.startTls(tls);
              connection.send("secret");
              connection.close();
            });
    try (server;
        SSLSocket socket = secure(server)) {
      assertThat(socket.getInputStream().readNBytes(6)).asString().isEqualTo("secret");
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
    }
  }

  @Test
  void resumesOnlyIfToldTo() throws Exception {
    assertThat(secondSessionIsOld(ServerTls.with(TestCertificate.GOOD).only("TLSv1.2"))).isFalse();
    assertThat(secondSessionIsOld(ServerTls.with(TestCertificate.GOOD).only("TLSv1.2").resuming()))
        .isTrue();
  }

  private static boolean secondSessionIsOld(ServerTls tls) throws Exception {
    ConnectionScript script =
        connection -> {
          connection.startTls(tls);
          connection.send("x");
          connection.close();
        };
    var context = TestCertificate.trustingContext();
    try (ScriptedServer server = start(script, script)) {
      long[] created = new long[2];
      byte[][] ids = new byte[2][];
      for (int i = 0; i < 2; i++) {
        try (SSLSocket socket =
            (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
          assertThat(socket.getInputStream().read()).isEqualTo('x');
          created[i] = socket.getSession().getCreationTime();
          ids[i] = socket.getSession().getId();
        }
      }
      return created[0] == created[1] && java.util.Arrays.equals(ids[0], ids[1]);
    }
  }

  @Test
  void certificateOfAnUnknownAuthorityIsNotTrusted() throws Exception {
    ServerTls tls = ServerTls.with(TestCertificate.UNKNOWN_AUTHORITY);
    try (ScriptedServer server = start(connection -> connection.startTls(tls));
        SSLSocket socket = secure(server)) {
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void expiredCertificateIsNotTrusted() throws Exception {
    ServerTls tls = ServerTls.with(TestCertificate.EXPIRED);
    try (ScriptedServer server = start(connection -> connection.startTls(tls));
        SSLSocket socket = secure(server)) {
      assertThatThrownBy(socket::startHandshake)
          .isInstanceOf(SSLHandshakeException.class)
          .hasRootCauseInstanceOf(java.security.cert.CertificateExpiredException.class);
    }
  }

  @Test
  void handshakeFailsWithTheAlertOfTheScript() throws Exception {
    try (ScriptedServer server = start(TlsFaults.alert(40));
        SSLSocket socket = secure(server)) {
      assertThatThrownBy(socket::startHandshake).hasMessageContaining("handshake_failure");
    }
  }

  private static SSLSocket secure(ScriptedServer server) throws IOException {
    return (SSLSocket)
        TestCertificate.trustingContext()
            .getSocketFactory()
            .createSocket("127.0.0.1", server.port());
  }

  private static ConnectionScript sendsAndCloses(String text) {
    return connection -> {
      connection.send(text);
      connection.close();
    };
  }

  private static String readAll(ScriptedServer server) throws IOException {
    try (Socket socket = connect(server)) {
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static ScriptedServer start(ConnectionScript... scripts) {
    return ScriptedServer.builder("test").connections(scripts).start();
  }

  private static Socket connect(ScriptedServer server) throws IOException {
    return connect("127.0.0.1", server);
  }

  private static Socket connect(String address, ScriptedServer server) throws IOException {
    Socket socket = new Socket();
    socket.connect(at(address, server));
    return socket;
  }

  private static InetSocketAddress at(String address, ScriptedServer server) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(address), server.port());
  }
}
