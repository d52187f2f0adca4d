package io.httptrace.client.connect;

import io.httptrace.client.http.Authority;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Hosts that are addresses, and need no lookup. */
final class IpLiterals {
  private IpLiterals() {}

  static boolean isLiteral(String host) {
    return NetUtil.isValidIpV4Address(host)
        || NetUtil.isValidIpV6Address(Authority.withoutZone(host));
  }

  /**
   * {@return the address a host is, or null if it is a name}
   *
   * @throws IOException if it has a zone that is none of this machine
   */
  static @Nullable InetAddress addressOf(String host) throws IOException {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(Authority.withoutZone(host));
    if (bytes == null) {
      return null;
    }
    String zone = Authority.zone(host);
    return zone == null ? InetAddress.getByAddress(bytes) : inZone(bytes, zone);
  }

  /** A zone is the name of a network interface, or its number (RFC 4007, section 11.2). */
  private static InetAddress inZone(byte[] bytes, String zone) throws IOException {
    if (zone.length() < 10 && zone.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Inet6Address.getByAddress(null, bytes, Integer.parseInt(zone));
    }
    NetworkInterface network = NetworkInterface.getByName(zone);
    if (network == null) {
      throw new UnknownHostException("no network interface " + zone);
    }
    return Inet6Address.getByAddress(null, bytes, network);
  }
}
