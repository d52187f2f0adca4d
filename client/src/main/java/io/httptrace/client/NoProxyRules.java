package io.httptrace.client;

import io.httptrace.client.http.Authority;
import io.netty.util.NetUtil;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The targets that are reached without a proxy.
 *
 * @param patterns a target that matches one of them is reached directly
 */
record NoProxyRules(List<Pattern> patterns) {
  static final NoProxyRules NONE = new NoProxyRules(List.of());

  private static final int ANY_PORT = -1;

  /**
   * A pattern for targets. Addresses are strings of bits, one character each.
   *
   * @param name a host with all hosts below it, or, after a dot, only those below it; empty for any
   * @param net the prefix of the address, or null if the pattern has a name
   * @param length the length of the address
   * @param port the port, or {@link #ANY_PORT}
   */
  private record Pattern(String name, @Nullable String net, int length, int port) {

    boolean matches(String host, @Nullable String address, int targetPort) {
      if (port != ANY_PORT && port != targetPort) {
        return false;
      }
      if (net != null) {
        return address != null && address.length() == length && address.startsWith(net);
      }
      String below = name.startsWith(".") ? name : "." + name;
      return name.isEmpty() || host.equals(name) || host.endsWith(below);
    }
  }

  /** {@return an IP literal in bits, or null if it is not one} */
  private static @Nullable String bits(String literal) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
    if (bytes == null) {
      return null;
    }
    StringBuilder bits = new StringBuilder(bytes.length * 8);
    for (byte b : bytes) {
      for (int mask = 0x80; mask != 0; mask >>= 1) {
        bits.append((b & mask) == 0 ? '0' : '1');
      }
    }
    return bits.toString();
  }

  /** {@return these rules and more} */
  NoProxyRules and(String... more) {
    List<Pattern> all = new ArrayList<>(patterns);
    for (String list : more) {
      for (String text : list.split(",", -1)) {
        if (!text.isBlank()) {
          all.add(parse(text.strip().toLowerCase(Locale.ROOT)));
        }
      }
    }
    return new NoProxyRules(List.copyOf(all));
  }

  private static Pattern parse(String text) {
    if (text.equals("*")) {
      return new Pattern("", null, 0, ANY_PORT);
    }
    int slash = text.indexOf('/');
    if (slash >= 0) {
      return net(text, slash);
    }
    String whole = bits(text);
    if (whole != null) {
      return new Pattern("", whole, whole.length(), ANY_PORT);
    }
    int colon = text.lastIndexOf(':');
    boolean port = colon > text.lastIndexOf(']');
    String host = port ? text.substring(0, colon) : text;
    int number = port ? port(text, colon) : ANY_PORT;
    String address = bits(unbracketed(host));
    if (address != null) {
      return new Pattern("", address, address.length(), number);
    }
    String name = host.startsWith("*.") ? host.substring(1) : host;
    if (name.isEmpty() || name.equals(".") || name.indexOf('*') >= 0 || name.indexOf(':') >= 0) {
      throw bad(text);
    }
    return new Pattern(name, null, 0, number);
  }

  private static Pattern net(String text, int slash) {
    String address = bits(text.substring(0, slash));
    int count = number(text, slash);
    if (address == null || count > address.length()) {
      throw bad(text);
    }
    return new Pattern("", address.substring(0, count), address.length(), ANY_PORT);
  }

  private static int port(String text, int colon) {
    int port = number(text, colon);
    if (port < 1 || port > 65_535) {
      throw bad(text);
    }
    return port;
  }

  private static int number(String text, int before) {
    String digits = text.substring(before + 1);
    if (digits.isEmpty()
        || digits.length() > 5
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw bad(text);
    }
    return Integer.parseInt(digits);
  }

  private static IllegalArgumentException bad(String text) {
    return new IllegalArgumentException("not a host, an address or a net: " + text);
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  boolean match(URI target) {
    Authority authority = Authority.of(target);
    String host = Authority.withoutZone(authority.host());
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String address = bits(host);
    int port = authority.port();
    if (port == -1) {
      port = Authority.defaultPort(target.getScheme());
    }
    for (Pattern pattern : patterns) {
      if (pattern.matches(name, address, port)) {
        return true;
      }
    }
    return false;
  }
}
