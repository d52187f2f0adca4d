package io.httptrace.jdk;

import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;

/** Servers on loopback. */
final class Servers {
  private Servers() {}

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  /** {@return a server that gives the same answer to each request} */
  static ScriptedServer answering(String body) {
    return with(
        connection -> {
          while (true) {
            connection.readRequest();
            connection.send(ok(body));
          }
        });
  }

  /** {@return a server with one script for all connections} */
  static ScriptedServer with(ConnectionScript script) {
    return ScriptedServer.builder("origin").on("127.0.0.1").otherConnections(script).start();
  }
}
