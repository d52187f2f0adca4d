package io.httptrace.conformance.server;

/** Scripts of servers that do not finish a TLS handshake. */
public final class TlsFaults {
  private static final byte ALERT_RECORD = 21;
  private static final byte FATAL = 2;

  private TlsFaults() {}

  /** {@return a server that sends nothing} */
  public static ConnectionScript silent() {
    return ServerConnection::awaitPeerClose;
  }

  /** {@return a server that closes the connection after the client's hello} */
  public static ConnectionScript closesAfterHello() {
    return connection -> {
      connection.readClientHello();
      connection.close();
    };
  }

  /** {@return a server that resets the connection after the client's hello} */
  public static ConnectionScript resetsAfterHello() {
    return connection -> {
      connection.readClientHello();
      connection.reset();
    };
  }

  /** {@return a server that answers the client's hello with plain HTTP, as to a bad request} */
  public static ConnectionScript answersInPlainHttp() {
    return connection -> {
      connection.readClientHello();
      connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      connection.close();
    };
  }

  /**
   * {@return a server that answers the client's hello with a fatal alert}
   *
   * @param description the alert's code (RFC 8446, section 6), such as 40 for handshake_failure
   */
  public static ConnectionScript alert(int description) {
    return connection -> {
      connection.readClientHello();
      connection.send(new byte[] {ALERT_RECORD, 3, 3, 0, 2, FATAL, (byte) description});
      connection.close();
    };
  }
}
