package io.httptrace.conformance.log;

import io.httptrace.TlsConnectionState;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the arguments of hooks as the recordings do. */
final class Notation {
  private Notation() {}

  /** Fields are sorted by name; all values of a name follow one another. */
  static String fields(Map<String, List<String>> header) {
    Map<String, List<String>> sorted = new TreeMap<>();
    header.forEach((name, values) -> sorted.put(name.toLowerCase(Locale.ROOT), values));
    List<String> parts = new ArrayList<>();
    sorted.forEach((name, values) -> values.forEach(value -> parts.add(name + "=" + value)));
    return String.join("; ", parts);
  }

  static String quoted(List<String> values) {
    return values.stream()
        .map(v -> '"' + v.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(" "));
  }

  /** Sorted as text, because the order of a resolver differs between systems. */
  static String addresses(List<InetAddress> addresses) {
    return addresses.stream().map(Notation::literal).sorted().collect(Collectors.joining(" "));
  }

  static String address(SocketAddress address) {
    if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
      String literal = literal(inet.getAddress());
      boolean brackets = inet.getAddress() instanceof Inet6Address;
      return (brackets ? "[" + literal + "]" : literal) + ":" + inet.getPort();
    }
    return String.valueOf(address);
  }

  static String tls(TlsConnectionState state) {
    String alpn = state.applicationProtocol().isEmpty() ? "-" : state.applicationProtocol();
    return " alpn="
        + alpn
        + " version="
        + state.version()
        + " serverName="
        + state.serverName()
        + " didResume="
        + state.resumed();
  }

  /** The loopback address is the only IPv6 address of the scenarios (RFC 5952, section 4). */
  private static String literal(InetAddress address) {
    boolean loopback6 = address instanceof Inet6Address && address.isLoopbackAddress();
    return loopback6 ? "::1" : address.getHostAddress();
  }
}
