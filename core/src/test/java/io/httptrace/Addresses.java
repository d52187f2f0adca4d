package io.httptrace;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses for documentation (RFC 5737), made without a lookup. */
public final class Addresses {
  private Addresses() {}

  /** {@return 192.0.2.host} */
  public static InetAddress ip(int host) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) host});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** {@return 192.0.2.host:port} */
  public static InetSocketAddress address(int host, int port) {
    return new InetSocketAddress(ip(host), port);
  }
}
