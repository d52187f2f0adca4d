package io.httptrace.jetty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** An address that knows which dial it was looked up for: Jetty passes it on as it is. */
final class JettyDialAddress extends InetSocketAddress {
  private static final long serialVersionUID = 1;

  private final transient JettyDial dial;

  private JettyDialAddress(InetAddress address, int port, JettyDial dial) {
    super(address, port);
    this.dial = dial;
  }

  /** {@return the same addresses, for a dial} */
  static List<InetSocketAddress> all(List<InetSocketAddress> addresses, JettyDial dial) {
    List<InetSocketAddress> all = new ArrayList<>(addresses.size());
    for (InetSocketAddress address : addresses) {
      all.add(
          address.getAddress() == null
              ? address
              : new JettyDialAddress(address.getAddress(), address.getPort(), dial));
    }
    return all;
  }

  JettyDial dial() {
    return dial;
  }

  /** {@return the address alone} */
  InetSocketAddress plain() {
    return new InetSocketAddress(getAddress(), getPort());
  }
}
