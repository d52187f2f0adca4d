package io.httptrace.jetty;

import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.time.Gate;

/** A server that answers by path. */
final class Site implements AutoCloseable {
  static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

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

  Site() {
    server = ScriptedServer.builder("site").otherConnections(this::serve).start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  int port() {
    return server.port();
  }

  ScriptedServer server() {
    return server;
  }

  /** Lets {@code /slow} be answered. */
  Gate gate() {
    return gate;
  }

  /** Sets where {@code /elsewhere} leads to. */
  void elsewhere(String url) {
    elsewhere = url;
  }

  private void serve(ServerConnection connection) throws Exception {
    while (true) {
      ReceivedRequestHead head = connection.readRequest();
      if (head.requestLine().isEmpty()) {
        return;
      }
      String path = head.requestLine().split(" ", -1)[1];
      switch (path) {
        case "/redirect" -> connection.send(to("/ok"));
        case "/elsewhere" -> connection.send(to(elsewhere));
        case "/secret" ->
            connection.send(head.values("authorization").isEmpty() ? UNAUTHORIZED : HELLO);
        case "/cached" ->
            connection.send(
                "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 5\r\n\r\nhello");
        case "/cut" -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
          connection.close();
          return;
        }
        case "/half" -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
          connection.awaitPeerClose();
          return;
        }
        case "/drop" -> {
          connection.close();
          return;
        }
        case "/nonsense" -> {
          connection.send("220 mail.example ESMTP\r\n\r\n");
          connection.close();
          return;
        }
        case "/slow" -> {
          connection.await(gate);
          connection.send(HELLO);
        }
        default -> connection.send(HELLO);
      }
    }
  }

  private static String to(String location) {
    return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
  }

  @Override
  public void close() {
    gate.open();
    server.close();
  }
}
