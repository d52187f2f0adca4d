package io.httptrace.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Makes sockets like those of the JDK's factory, which tell the attempt that is under way on their
 * thread when they are connected: OkHttp itself has no event for that.
 *
 * <p>There is one for all calls. One for each call would tell the wrong trace: OkHttp dials again
 * with the factory of the call that made the first connection.
 */
final class TimedSocketFactory extends SocketFactory {
  static final TimedSocketFactory INSTANCE = new TimedSocketFactory();

  private TimedSocketFactory() {}

  @Override
  public Socket createSocket() {
    return new TimedSocket();
  }

  // OkHttp only uses the method above. The others are those of the JDK's factory.

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return getDefault().createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return getDefault().createSocket(host, port, localHost, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return getDefault().createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return getDefault().createSocket(host, port, localHost, localPort);
  }

  private static final class TimedSocket extends Socket {
    @Override
    public void connect(SocketAddress address) throws IOException {
      connect(address, 0);
    }

    @Override
    public void connect(SocketAddress address, int timeout) throws IOException {
      ConnectAttempt attempt = ConnectAttempt.takeCurrent();
      // One may be left behind on this thread: a listener of the application has thrown.
      if (attempt == null
          || !attempt.isConnecting()
          || !(address instanceof InetSocketAddress peer && attempt.isTo(peer))) {
        super.connect(address, timeout);
        return;
      }
      try {
        super.connect(address, timeout);
      } catch (IOException | RuntimeException failed) {
        attempt.failed(failed);
        throw failed;
      }
      attempt.connected((InetSocketAddress) getLocalSocketAddress());
    }
  }
}
