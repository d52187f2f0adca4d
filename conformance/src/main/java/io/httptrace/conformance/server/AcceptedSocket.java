package io.httptrace.conformance.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** A connection that can delay its FIN, which the JDK's TLS sends with its close_notify. */
final class AcceptedSocket extends Socket {
  private volatile boolean held;

  /** A listener that accepts such sockets. */
  static ServerSocket listener() throws IOException {
    return new ServerSocket() {
      @Override
      public Socket accept() throws IOException {
        AcceptedSocket accepted = new AcceptedSocket();
        implAccept(accepted);
        return accepted;
      }
    };
  }

  /** From now on FIN is not sent until the connection is closed. */
  void hold() {
    held = true;
  }

  @Override
  public void shutdownOutput() throws IOException {
    if (!held) {
      super.shutdownOutput();
    }
  }
}
