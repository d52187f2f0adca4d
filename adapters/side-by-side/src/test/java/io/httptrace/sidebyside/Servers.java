package io.httptrace.sidebyside;

import io.httptrace.conformance.server.ScriptedServer;

/** Servers on loopback. */
final class Servers {
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private Servers() {}

  /** {@return a server that says hello to each request} */
  static ScriptedServer hello() {
    return ScriptedServer.builder("origin")
        .on("127.0.0.1")
        .otherConnections(
            connection -> {
              while (true) {
                connection.readRequest();
                connection.send(ANSWER);
              }
            })
        .start();
  }

  /** {@return where a client asks for one of its pages} */
  static String url(ScriptedServer server, TracedClient client, int page) {
    return "http://127.0.0.1:" + server.port() + "/" + client + "/" + page;
  }
}
