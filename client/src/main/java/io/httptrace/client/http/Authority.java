package io.httptrace.client.http;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Host and port of a target (RFC 3986, section 3.2), also where {@link URI#getHost} has none: for a
 * name with an underscore, one in the letters of its country, one that ends in digits.
 *
 * @param host a name in ASCII and lower case, or an IP literal without brackets; an IPv6 literal
 *     may have a zone after a {@code %} (RFC 4007, section 11), which is for this machine only: it
 *     is told to nobody else
 * @param port the port, or -1 for the default one
 */
public record Authority(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /** RFC 1035, section 2.3.4, and a dot at the end. */
  private static final int MAX_NAME = 254;

  private static final int MAX_QUOTED = 100;

  /**
   * {@return the authority of a URI}
   *
   * @throws IllegalArgumentException if it has none, or one that there cannot be; the message says
   *     which, without user info
   */
  public static Authority of(URI uri) {
    String host = uri.getHost();
    if (host != null && host.indexOf('%') < 0) {
      return new Authority(named(unbracketed(host)), inRange(uri.getPort()));
    }
    String raw = uri.getRawAuthority();
    if (raw == null) {
      throw new IllegalArgumentException("no host");
    }
    return parse(raw);
  }

  /**
   * {@return the authority a text means}
   *
   * @param text as in a URI, though it may hold characters that would have to be encoded there
   * @throws IllegalArgumentException if it means none; the message says why, without user info
   */
  public static Authority parse(String text) {
    String hostPort = text.substring(text.lastIndexOf('@') + 1);
    int bracket = hostPort.lastIndexOf(']');
    int colon = hostPort.indexOf(':', Math.max(bracket, 0));
    String host = colon < 0 ? hostPort : hostPort.substring(0, colon);
    int port = colon < 0 ? -1 : port(hostPort.substring(colon + 1));
    return new Authority(host.startsWith("[") ? literal(host) : name(host), port);
  }

  /**
   * {@return the port of a scheme (RFC 9110, section 4.2)}
   *
   * @param scheme {@code http} or {@code https}, in any case
   */
  public static int defaultPort(String scheme) {
    return scheme.equalsIgnoreCase("https") ? 443 : 80;
  }

  private static int port(String digits) {
    if (digits.isEmpty()) {
      return -1;
    }
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("not a port: " + quoted(digits));
    }
    String significant = digits.replaceFirst("^0+(?=.)", "");
    if (significant.length() > 5) {
      throw new IllegalArgumentException("port out of range: " + quoted(significant));
    }
    return inRange(Integer.parseInt(significant));
  }

  private static int inRange(int port) {
    if (port > MAX_PORT) {
      throw new IllegalArgumentException("port out of range: " + port);
    }
    return port;
  }

  private static String literal(String bracketed) {
    String inside = unbracketed(bracketed);
    int percent = inside.indexOf('%');
    String address = percent < 0 ? inside : inside.substring(0, percent);
    if (!bracketed.endsWith("]") || !NetUtil.isValidIpV6Address(address)) {
      throw new IllegalArgumentException("not an IPv6 address: " + quoted(bracketed));
    }
    if (percent < 0) {
      return address.toLowerCase(Locale.ROOT);
    }
    // RFC 6874 has the percent sign encoded; the JDK has it as it is.
    String zone = inside.substring(percent + 1);
    if (zone.startsWith("25") && zone.length() > 2) {
      zone = decoded(zone.substring(2));
    }
    if (zone.isEmpty()) {
      throw new IllegalArgumentException("an IPv6 address without its zone: " + quoted(bracketed));
    }
    return address.toLowerCase(Locale.ROOT) + "%" + zone;
  }

  private static String name(String text) {
    String name = decoded(text);
    if (!name.chars().allMatch(c -> c < 128)) {
      try {
        name = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("not a host name: " + quoted(name), e);
      }
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("no host");
    }
    if (!name.chars().allMatch(Authority::mayBeInName)) {
      throw new IllegalArgumentException("not a host name: " + quoted(name));
    }
    return named(name);
  }

  private static String named(String name) {
    if (name.length() > MAX_NAME) {
      throw new IllegalArgumentException("host name is too long: " + quoted(name));
    }
    return name.toLowerCase(Locale.ROOT);
  }

  /** RFC 3986, section 3.2.2. */
  private static boolean mayBeInName(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || "-._~!$&'()*+,;=".indexOf(c) >= 0;
  }

  /** {@return a text without percent-encoding, which stands for UTF-8 (RFC 3986, section 3.2.2)} */
  private static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] from = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer to = ByteBuffer.allocate(from.length);
    for (int i = 0; i < from.length; i++) {
      int octet = from[i] == '%' && i + 2 < from.length ? octet(from[i + 1], from[i + 2]) : -1;
      to.put(octet < 0 ? from[i] : (byte) octet);
      i += octet < 0 ? 0 : 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(to.flip()).toString();
    } catch (CharacterCodingException notUtf8) {
      return text;
    }
  }

  private static int octet(byte high, byte low) {
    int first = Character.digit(high, 16);
    int second = Character.digit(low, 16);
    return first < 0 || second < 0 ? -1 : first << 4 | second;
  }

  /** {@return a part of what somebody else has sent, as a message may have it} */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    text.chars()
        .limit(MAX_QUOTED)
        .forEach(c -> quoted.append(c > ' ' && c < 0x7f ? (char) c : '?'));
    return text.length() > MAX_QUOTED ? quoted + "..." : quoted.toString();
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /**
   * {@return a host as others may know it: an IPv6 literal without its zone (RFC 6874, section 4)}
   *
   * @param host a name or an IP literal
   */
  public static String withoutZone(String host) {
    int percent = host.indexOf('%');
    return percent < 0 || host.indexOf(':') < 0 ? host : host.substring(0, percent);
  }

  /**
   * {@return the zone of an IPv6 literal, or null if it has none}
   *
   * @param host a name or an IP literal
   */
  public static @Nullable String zone(String host) {
    int percent = host.indexOf('%');
    return percent < 0 || host.indexOf(':') < 0 ? null : host.substring(percent + 1);
  }

  /**
   * {@return host and port as others may know them, in the form of a URI}
   *
   * @param host a name or an IP literal
   * @param port the port
   */
  public static String hostPort(String host, int port) {
    return bracketed(withoutZone(host)) + ":" + port;
  }

  /** {@return the host as others may know it, in the form of a URI} */
  public String uriHost() {
    return bracketed(withoutZone(host));
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }
}
