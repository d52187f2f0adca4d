package io.httptrace.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import java.util.Arrays;

/**
 * A server whose answers go by the path: a short one, a long one in pieces, an informational one
 * before it, or none at all.
 */
final class VariedServer {
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
  private static final String HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";
  private static final String SHORT = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  private static final byte[] CHUNK = ("2000\r\n" + "x".repeat(0x2000) + "\r\n").getBytes(US_ASCII);

  private VariedServer() {}

  /** {@return a server for so many connections at the most} */
  static ScriptedServer plain(int connections) {
    return server("plain", VariedServer::serve, connections);
  }

  /** {@return the same by TLS} */
  static ScriptedServer secure(int connections) {
    return server("secure", byTls(), connections);
  }

  private static ConnectionScript byTls() {
    ServerTls tls = ServerTls.with(TestCertificate.GOOD).resuming();
    return connection -> {
      connection.startTls(tls);
      serve(connection);
    };
  }

  /** {@return a server for any number of connections} */
  static ScriptedServer plainForAny() {
    return ScriptedServer.builder("plain").otherConnections(VariedServer::serve).start();
  }

  /** {@return the same by TLS} */
  static ScriptedServer secureForAny() {
    return ScriptedServer.builder("secure").otherConnections(byTls()).start();
  }

  private static ScriptedServer server(String name, ConnectionScript script, int connections) {
    ConnectionScript[] scripts = new ConnectionScript[connections];
    Arrays.fill(scripts, script);
    return ScriptedServer.builder(name).connections(scripts).start();
  }

  private static void serve(ServerConnection connection) throws Exception {
    while (true) {
      ReceivedRequestHead head = connection.readHead();
      if (!head.values("expect").isEmpty()) {
        connection.send(CONTINUE);
      }
      connection.readBody(head);
      String path = head.requestLine().split(" ", -1)[1];
      switch (path) {
        case "/long" -> sendLong(connection);
        case "/hints" -> connection.send(HINTS + SHORT);
        case "/never" -> connection.awaitPeerClose();
        default -> connection.send(SHORT);
      }
    }
  }

  private static void sendLong(ServerConnection connection) throws Exception {
    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 20; i++) {
      connection.send(CHUNK);
    }
    connection.send("0\r\n\r\n");
  }
}
