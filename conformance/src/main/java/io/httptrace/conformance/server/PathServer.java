package io.httptrace.conformance.server;

import io.httptrace.conformance.time.Gate;
import java.io.IOException;

/**
 * A server for tests of an adapter that are no scenarios. It speaks HTTP/1.1, keeps connections,
 * and answers by the path of the request:
 *
 * <ul>
 *   <li>{@code /redirect}: 302 to {@code /ok}; {@code /elsewhere}: 302 to where {@link #elsewhere}
 *       says
 *   <li>{@code /secret}: 401 without an {@code Authorization}, {@link #hello} with one
 *   <li>{@code /cached}: a response that may be kept for a minute
 *   <li>{@code /continue}: 100, then {@link #hello}
 *   <li>{@code /empty}: 204; {@code /busy}: 503
 *   <li>{@code /slow}: {@link #hello} when the {@link #gate} is open
 *   <li>{@code /cut}: half a body, and then the end of the connection; {@code /half}: half a body,
 *       and no more until the client closes the connection
 *   <li>{@code /drop}: nothing, but the end of the connection
 *   <li>{@code /nonsense}: something that is not HTTP
 *   <li>any other, such as {@code /ok}: {@link #hello}
 * </ul>
 */
public final class PathServer implements AutoCloseable {
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello";

  private static final String UNAUTHORIZED =
      String.join(
          "\r\n",
          "HTTP/1.1 401 Unauthorized",
          "WWW-Authenticate: Basic realm=a",
          "Content-Length: 0",
          "",
          "");

  private final ScriptedServer server;
  private final Gate gate = new Gate();
  private volatile String elsewhere = "";

  /** Starts one on a free port of the loopback address. */
  public PathServer() {
    server = ScriptedServer.builder("site").otherConnections(this::serve).start();
  }

  /** {@return a whole response with a body of five bytes} */
  public static String hello() {
    return HELLO;
  }

  /**
   * {@return the URL of a path, by the address}
   *
   * @param path the path, such as {@code /ok}
   */
  public String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  /** {@return the port} */
  public int port() {
    return server.port();
  }

  /** {@return the server, which knows its connections and the requests that it got} */
  public ScriptedServer server() {
    return server;
  }

  /** {@return the gate that lets {@code /slow} be answered} */
  public Gate gate() {
    return gate;
  }

  /**
   * Sets where {@code /elsewhere} leads to.
   *
   * @param url the URL
   */
  public void elsewhere(String url) {
    elsewhere = url;
  }

  private void serve(ServerConnection connection) throws Exception {
    while (true) {
      ReceivedRequestHead head = connection.readRequest();
      if (head.requestLine().isEmpty() || !answer(connection, head)) {
        return;
      }
    }
  }

  /** {@return whether another request may follow} */
  private boolean answer(ServerConnection connection, ReceivedRequestHead head) throws Exception {
    switch (head.requestLine().split(" ", -1)[1]) {
      case "/redirect" -> connection.send(to("/ok"));
      case "/elsewhere" -> connection.send(to(elsewhere));
      case "/secret" ->
          connection.send(head.values("authorization").isEmpty() ? UNAUTHORIZED : HELLO);
      case "/cached" ->
          connection.send(
              "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 5\r\n\r\nhello");
      case "/continue" -> {
        connection.send("HTTP/1.1 100 Continue\r\nX-Hint: 1\r\n\r\n");
        connection.send(HELLO);
      }
      case "/empty" -> connection.send("HTTP/1.1 204 No Content\r\n\r\n");
      case "/busy" ->
          connection.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
      case "/slow" -> {
        connection.await(gate);
        connection.send(HELLO);
      }
      case "/cut" -> {
        connection.send(HALF);
        return closed(connection);
      }
      case "/half" -> {
        connection.send(HALF);
        connection.awaitPeerClose();
        return false;
      }
      case "/drop" -> {
        return closed(connection);
      }
      case "/nonsense" -> {
        connection.send("220 mail.example ESMTP\r\n\r\n");
        return closed(connection);
      }
      default -> connection.send(HELLO);
    }
    return true;
  }

  private static boolean closed(ServerConnection connection) throws IOException {
    connection.close();
    return false;
  }

  private static String to(String location) {
    return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
  }

  /** Opens the gate, and closes the server with its connections. */
  @Override
  public void close() {
    gate.open();
    server.close();
  }
}
