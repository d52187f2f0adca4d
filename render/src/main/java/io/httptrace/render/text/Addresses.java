package io.httptrace.render.text;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as people write them. */
public final class Addresses {

  /** Two or more groups of zeros in an address the JDK has written without any compression. */
  private static final Pattern ZEROS = Pattern.compile("(?:^|(?<=:))0(?::0)+(?=:|$)");

  private Addresses() {}

  /**
   * {@return address and port, an IPv6 address in brackets}
   *
   * @param address the address
   */
  public static String of(SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet)) {
      return address.toString();
    }
    InetAddress ip = inet.getAddress();
    if (ip == null) {
      return inet.getHostString() + ":" + inet.getPort();
    }
    return (ip instanceof Inet6Address ? "[" + of(ip) + "]" : of(ip)) + ":" + inet.getPort();
  }

  /**
   * {@return the address, an IPv6 address with its zeros left out (RFC 5952)}
   *
   * @param address the address
   */
  public static String of(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? compressed(text) : text;
  }

  /** Of several runs of zeros the longest is left out, and the first of equal ones. */
  private static String compressed(String text) {
    int start = 0;
    int end = 0;
    Matcher run = ZEROS.matcher(text.replaceFirst("%.*", ""));
    while (run.find()) {
      if (run.end() - run.start() > end - start) {
        start = run.start();
        end = run.end();
      }
    }
    if (end == 0) {
      return text;
    }
    String left = start == 0 ? ":" : text.substring(0, start);
    String right =
        end == text.length() || text.charAt(end) == '%'
            ? ":" + text.substring(end)
            : text.substring(end);
    return left + right;
  }
}
