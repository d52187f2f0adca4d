package io.httptrace.samples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/**
 * A small HTTP/1.1 server on loopback for requests without a body, so that the samples run without
 * a network.
 *
 * <ul>
 *   <li>{@code /hints} answers with two 103 Early Hints before the 200;
 *   <li>{@code /busy} answers with 102 Processing and nothing else;
 *   <li>{@code /held} answers after {@link #release()};
 *   <li>everything else answers at once.
 * </ul>
 */
final class SampleServer implements AutoCloseable {
  private static final String OK =
      """
      HTTP/1.1 200 OK\r
      Content-Type: text/plain\r
      Content-Length: 6\r
      \r
      hello
      """;
  private static final String HINTS =
      """
      HTTP/1.1 103 Early Hints\r
      Link: </style.css>; rel=preload; as=style\r
      \r
      HTTP/1.1 103 Early Hints\r
      Link: </app.js>; rel=preload; as=script\r
      \r
      """;
  private static final String PROCESSING =
      """
      HTTP/1.1 102 Processing\r
      \r
      """;

  private final ServerSocket listener;
  private final CountDownLatch released = new CountDownLatch(1);

  private SampleServer(ServerSocket listener) {
    this.listener = listener;
  }

  /** {@return a server on a free port} */
  static SampleServer start() throws IOException {
    SampleServer server =
        new SampleServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    inBackground(server::acceptAll);
    return server;
  }

  /** {@return the URI of a path, by host name} */
  URI uri(String path) {
    return uri("localhost", path);
  }

  /** {@return the URI of a path at a host that is said to be this one} */
  URI uri(String host, String path) {
    return URI.create("http://" + host + ":" + listener.getLocalPort() + path);
  }

  /** Lets the requests for {@code /held} be answered. */
  void release() {
    released.countDown();
  }

  @Override
  public void close() throws IOException {
    release();
    listener.close();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket accepted = listener.accept();
        inBackground(() -> serve(accepted));
      }
    } catch (IOException e) {
      // The server was closed.
    }
  }

  private void serve(Socket accepted) {
    try (accepted) {
      accepted.setTcpNoDelay(true);
      BufferedReader input =
          new BufferedReader(new InputStreamReader(accepted.getInputStream(), US_ASCII));
      OutputStream output = accepted.getOutputStream();
      String requestLine;
      while ((requestLine = input.readLine()) != null) {
        skipFields(input);
        output.write(answerTo(requestLine.split(" ", -1)[1]).getBytes(US_ASCII));
        output.flush();
      }
    } catch (IOException | InterruptedException e) {
      // The client went away.
    }
  }

  private static void skipFields(BufferedReader input) throws IOException {
    String line;
    do {
      line = input.readLine();
    } while (line != null && !line.isEmpty());
  }

  private String answerTo(String path) throws InterruptedException {
    return switch (path) {
      case "/hints" -> HINTS + OK;
      case "/busy" -> PROCESSING;
      case "/held" -> {
        released.await();
        yield OK;
      }
      default -> OK;
    };
  }

  private static void inBackground(Runnable task) {
    Thread thread = new Thread(task, "sample-server");
    thread.setDaemon(true);
    thread.start();
  }
}
