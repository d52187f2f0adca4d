package io.httptrace.client.followups;

import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** A server that answers what it is asked for, on any number of connections. */
final class Site implements AutoCloseable {
  static final String OK = response("200 OK", "hello");
  private static final int CONNECTIONS = 30;

  private final ScriptedServer server;
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());

  /** Starts it. In answers {@code {origin}} stands for its scheme, host and port. */
  Site(Function<ReceivedRequestHead, String> answers) {
    ConnectionScript[] scripts = new ConnectionScript[CONNECTIONS];
    Arrays.fill(
        scripts,
        (ConnectionScript)
            connection -> {
              while (true) {
                ReceivedRequestHead head = connection.readHead();
                bodies.add(new String(connection.readBody(head), StandardCharsets.ISO_8859_1));
                String answer = answers.apply(head).replace("{origin}", origin());
                connection.send(
                    head.requestLine().startsWith("HEAD ")
                        ? answer.substring(0, answer.indexOf("\r\n\r\n") + 4)
                        : answer);
              }
            });
    server = ScriptedServer.builder("site").connections(scripts).start();
  }

  /** The path and query that a request is for. */
  static String path(ReceivedRequestHead head) {
    return head.requestLine().split(" ", -1)[1];
  }

  static String response(String status, String body, String... fields) {
    StringBuilder text = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    return text.append("Content-Length: ")
        .append(body.length())
        .append("\r\n\r\n")
        .append(body)
        .toString();
  }

  static String redirect(int status, String location) {
    return response(status + " Moved", "moved", "Location: " + location);
  }

  String origin() {
    return "http://127.0.0.1:" + server.port();
  }

  int port() {
    return server.port();
  }

  URI at(String path) {
    return URI.create(origin() + path);
  }

  ScriptedServer server() {
    return server;
  }

  List<ReceivedRequestHead> requests() {
    return server.requests();
  }

  /** What has been asked for, as {@code GET /path}. */
  List<String> log() {
    return requests().stream().map(head -> head.requestLine().replace(" HTTP/1.1", "")).toList();
  }

  /** The values of a field, one list for each request. */
  List<List<String>> sent(String field) {
    return requests().stream().map(head -> head.values(field)).toList();
  }

  List<String> bodies() {
    return List.copyOf(bodies);
  }

  @Override
  public void close() {
    server.close();
  }
}
