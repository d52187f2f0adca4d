package io.httptrace.conformance.scenarios;

import io.httptrace.conformance.run.Cue;
import io.httptrace.conformance.server.ConnectionScript;

/** Responses that many scenarios share. */
public final class Answers {
  /** A response with a body of five bytes, after which the connection can be used again. */
  public static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  static final String HELLO_AND_CLOSE =
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";

  private Answers() {}

  /** A head of some lines, with the empty line at its end. */
  static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  /** Chunks of fewer than 10 bytes each, without the last chunk. */
  static String chunks(String... contents) {
    StringBuilder chunks = new StringBuilder();
    for (String content : contents) {
      chunks.append(content.length()).append("\r\n").append(content).append("\r\n");
    }
    return chunks.toString();
  }

  /**
   * {@return a script that answers one request after the other, each in one write}
   *
   * @param responses what it answers, each a whole response
   */
  public static ConnectionScript of(String... responses) {
    return connection -> {
      for (String response : responses) {
        connection.readRequest();
        connection.send(response);
      }
    };
  }

  /** Reads a request, waits for a cue, and answers. */
  static ConnectionScript after(Cue cue, String response) {
    return connection -> {
      connection.readRequest();
      cue.await();
      connection.send(response);
    };
  }

  /** Answers one request and closes the connection. */
  static ConnectionScript thenClose(String response) {
    return connection -> {
      connection.readRequest();
      connection.send(response);
      connection.close();
    };
  }

  /** Reads a request and does not answer. */
  static ConnectionScript none() {
    return connection -> connection.readRequest();
  }
}
