package io.httptrace.cli;

import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server that answers what it is asked for, on any number of connections. */
public final class Site implements AutoCloseable {
  private static final int CONNECTIONS = 70;

  /** After an answer with this field the connection ends. */
  public static final String CLOSE = "Connection: close";

  private final ScriptedServer server;
  private final String scheme;
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());

  private Site(@Nullable ServerTls tls, Function<ReceivedRequestHead, String> answers) {
    ConnectionScript script =
        connection -> {
          if (tls != null) {
            connection.startTls(tls);
          }
          boolean open = true;
          while (open) {
            ReceivedRequestHead head = connection.readHead();
            bodies.add(new String(connection.readBody(head), StandardCharsets.ISO_8859_1));
            String answer = answers.apply(head);
            boolean headOnly = head.requestLine().startsWith("HEAD ");
            connection.send(
                headOnly ? answer.substring(0, answer.indexOf("\r\n\r\n") + 4) : answer);
            open = !answer.contains(CLOSE);
          }
          connection.close();
        };
    scheme = tls == null ? "http" : "https";
    server =
        ScriptedServer.builder("site")
            .connections(Collections.nCopies(CONNECTIONS, script).toArray(ConnectionScript[]::new))
            .start();
  }

  /** A server for plain HTTP. */
  public static Site of(Function<ReceivedRequestHead, String> answers) {
    return new Site(null, answers);
  }

  /** A server with TLS. */
  public static Site of(ServerTls tls, Function<ReceivedRequestHead, String> answers) {
    return new Site(tls, answers);
  }

  /** A response with a body. */
  public static String ok(String body, String... fields) {
    return response("200 OK", body, fields);
  }

  /** A redirect with no body. */
  static String redirect(int status, String location, String... fields) {
    String[] all = new String[fields.length + 1];
    all[0] = "Location: " + location;
    System.arraycopy(fields, 0, all, 1, fields.length);
    return response(status + " Moved", "", all);
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

  /** The path and query of a request. */
  static String path(ReceivedRequestHead head) {
    return head.requestLine().split(" ", -1)[1];
  }

  public String url(String path) {
    return scheme + "://127.0.0.1:" + port() + path;
  }

  public int port() {
    return server.port();
  }

  public ScriptedServer server() {
    return server;
  }

  /** Method and target of each request. */
  public List<String> asked() {
    return server.requests().stream()
        .map(head -> head.requestLine().replace(" HTTP/1.1", ""))
        .toList();
  }

  /** The values of a field, of each request. */
  public List<List<String>> sent(String name) {
    return server.requests().stream().map(head -> head.values(name)).toList();
  }

  public List<String> bodies() {
    return List.copyOf(bodies);
  }

  @Override
  public void close() {
    server.close();
  }
}
