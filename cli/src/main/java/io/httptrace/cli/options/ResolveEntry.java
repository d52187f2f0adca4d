package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.HostName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One {@code --resolve}: the addresses to use for a host and port, with no lookup.
 *
 * @param host the host name in lower case, or {@code *} for any
 * @param port the port of the URL it is for
 * @param addresses the addresses, in the order given
 */
public record ResolveEntry(String host, int port, List<InetAddress> addresses) {

  public ResolveEntry {
    addresses = List.copyOf(addresses);
  }

  /**
   * {@return the entry that an argument describes}
   *
   * @param argument {@code HOST:PORT:ADDRESS[,ADDRESS]...}; IPv6 addresses may stand in brackets.
   *     curl's leading {@code +}, which lets an entry of its cache expire, is accepted and ignored.
   * @throws CommandException if it does not describe one
   */
  public static ResolveEntry parse(String argument) throws CommandException {
    String text = argument.startsWith("+") ? argument.substring(1) : argument;
    int hostEnd = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
    int portEnd = hostEnd > 0 ? text.indexOf(':', hostEnd + 1) : -1;
    if (hostEnd <= 0 || text.charAt(hostEnd) != ':' || portEnd < 0) {
      throw CommandException.usage(
          "--resolve: '" + argument + "' is not 'HOST:PORT:ADDRESS[,ADDRESS]...'");
    }
    String host = host(text.substring(0, hostEnd)).toLowerCase(Locale.ROOT);
    int port = parsePort(text.substring(hostEnd + 1, portEnd));
    List<InetAddress> addresses = new ArrayList<>();
    for (String address : text.substring(portEnd + 1).split(",", -1)) {
      addresses.add(parseAddress(address));
    }
    return new ResolveEntry(host, port, addresses);
  }

  /**
   * {@return whether this entry is for a host}
   *
   * @param target the host
   */
  public boolean isFor(String target) {
    return host.equals("*") || host.equalsIgnoreCase(target);
  }

  private static String host(String text) {
    String host = HostName.of(text);
    return host == null ? text : host;
  }

  private static int parsePort(String text) throws CommandException {
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    throw CommandException.usage("--resolve: '" + text + "' is not a port");
  }

  private static InetAddress parseAddress(String text) throws CommandException {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String literal = bracketed ? text.substring(1, text.length() - 1) : text;
    // Only text that cannot be a name goes to getByName, which would look a name up.
    boolean ipv6 = literal.contains(":") && literal.matches("[0-9a-fA-F:.]+(%[\\w.-]+)?");
    boolean ipv4 = !bracketed && literal.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}");
    if (ipv6 || ipv4) {
      try {
        return InetAddress.getByName(literal);
      } catch (UnknownHostException e) {
        throw notAnAddress(text);
      }
    }
    throw notAnAddress(text);
  }

  private static CommandException notAnAddress(String text) {
    return CommandException.usage("--resolve: '" + text + "' is not an IP address");
  }
}
