package io.httptrace.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchServerTest {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n"
          + "x".repeat(100);

  private final BenchServer server = BenchServer.start();
  private Socket socket;

  @BeforeEach
  void connect() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setTcpNoDelay(true);
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    server.close();
  }

  @Test
  void answersARequestWithAHundredBytes() throws IOException {
    send(REQUEST);

    assertThat(receive(1)).isEqualTo(RESPONSE);
  }

  @Test
  void keepsTheConnection() throws IOException {
    send(REQUEST);
    receive(1);
    send(REQUEST);

    assertThat(receive(1)).isEqualTo(RESPONSE);
  }

  @Test
  void answersRequestsThatCameTogetherOneByOne() throws IOException {
    send(REQUEST.repeat(3));

    assertThat(receive(3)).isEqualTo(RESPONSE.repeat(3));
  }

  @Test
  void answersARequestThatCameByteByByte() throws IOException {
    for (int i = 0; i < REQUEST.length(); i++) {
      send(REQUEST.substring(i, i + 1));
    }

    assertThat(receive(1)).isEqualTo(RESPONSE);
  }

  @Test
  void doesNotTakeASingleLineEndForTheEndOfTheHead() throws IOException {
    send("GET / HTTP/1.1\r\nA: b\r\r\n");
    send("C: d\r\n\r\n");

    assertThat(receive(1)).isEqualTo(RESPONSE);
    socket.shutdownOutput();
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  private void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  private String receive(int responses) throws IOException {
    InputStream input = socket.getInputStream();
    return new String(input.readNBytes(responses * RESPONSE.length()), US_ASCII);
  }
}
