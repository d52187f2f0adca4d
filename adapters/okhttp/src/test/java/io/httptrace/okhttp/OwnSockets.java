package io.httptrace.okhttp;

import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import javax.net.SocketFactory;

/** A socket factory of an application. */
final class OwnSockets extends SocketFactory {
  private final List<Socket> made;

  OwnSockets(List<Socket> made) {
    this.made = made;
  }

  @Override
  public Socket createSocket() {
    Socket socket = new Socket();
    made.add(socket);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException();
  }
}
