package io.httptrace.apache;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A socket that tells a dial when it connects. */
final class ClassicSocket extends Socket {
  private final @Nullable SocketAddress proxy;

  // Until it is connected: the socket is there for longer than the call.
  private @Nullable ApacheDial dial;

  ClassicSocket(ApacheDial dial) {
    this.dial = dial;
    this.proxy = null;
  }

  /**
   * Makes one that goes through a proxy.
   *
   * @param socks the proxy
   * @param dial the dial
   */
  ClassicSocket(Proxy socks, ApacheDial dial) {
    super(socks);
    this.dial = dial;
    this.proxy = socks.address();
  }

  @Override
  public void connect(SocketAddress address) throws IOException {
    connect(address, 0);
  }

  @Override
  public void connect(SocketAddress address, int timeout) throws IOException {
    ApacheDial told = dial;
    dial = null;
    if (told == null) {
      super.connect(address, timeout);
      return;
    }
    told.connectStart(proxy == null ? address : proxy);
    try {
      super.connect(address, timeout);
    } catch (IOException | RuntimeException failed) {
      told.connectDone(failed);
      throw failed;
    }
    told.connectDone(null);
  }
}
