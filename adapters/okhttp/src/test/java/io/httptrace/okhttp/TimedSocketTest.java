package io.httptrace.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/** Which sockets tell an attempt that they are connected, and when. */
final class TimedSocketTest {
  private final List<String> events = new ArrayList<>();
  private final OkHttpDial dial =
      new OkHttpDial(
          new OkHttpClient().newCall(new Request.Builder().url("http://name.test/").build()),
          HooksOf.trace(
              ClientTrace.builder()
                  .connectDone((network, address, error) -> events.add(address + " " + error))
                  .build()),
          1,
          1,
          null);

  private static InetSocketAddress listening(ServerSocket server) {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static Socket socket() {
    return TimedSocketFactory.INSTANCE.createSocket();
  }

  @Test
  void theSocketOfTheAttemptTellsIt() throws IOException {
    try (ServerSocket server = server();
        Socket socket = socket()) {
      dial.connectStart(listening(server), Proxy.NO_PROXY, true);
      socket.connect(listening(server));

      assertThat(events).containsExactly(listening(server) + " null");
    }
  }

  @Test
  void anAttemptThatWasLeftBehindIsNotTold() throws IOException {
    try (ServerSocket server = server();
        ServerSocket other = server();
        Socket socket = socket()) {
      dial.connectStart(listening(other), Proxy.NO_PROXY, true);
      socket.connect(listening(server));

      assertThat(socket.isConnected()).isTrue();
      assertThat(events).isEmpty();
      assertThat(ConnectAttempt.count()).isZero();
    }
  }

  @Test
  void anAttemptThatHasEndedIsNotToldAgain() throws IOException {
    try (ServerSocket server = server();
        Socket socket = socket()) {
      ConnectAttempt attempt = dial.connectStart(listening(server), Proxy.NO_PROXY, true);
      attempt.failed(new IOException("stopped"));
      socket.connect(listening(server));

      assertThat(events).hasSize(1).allMatch(event -> event.endsWith("stopped"));
      assertThat(attempt.local()).isNull();
    }
  }

  @Test
  void anUncheckedExceptionEndsTheAttempt() throws IOException {
    try (ServerSocket server = server();
        Socket socket = socket()) {
      dial.connectStart(listening(server), Proxy.NO_PROXY, true);
      assertThatThrownBy(() -> socket.connect(listening(server), -1))
          .isInstanceOf(IllegalArgumentException.class);

      assertThat(events).hasSize(1).allMatch(event -> event.contains("IllegalArgumentException"));
    }
  }
}
