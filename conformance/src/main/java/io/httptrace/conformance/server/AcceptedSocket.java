package io.httptrace.conformance.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** A connection whose end (FIN) can be held back: TLS of the JDK sends it with its own end. */
final class AcceptedSocket extends Socket {
  private volatile boolean held;

  /** A listener whose connections are such sockets. */
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

  /** From now on the end is not sent until the connection is closed. */
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
