package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.HostName;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code --connect-to}: another host and port for the network connection. As with curl, a part
 * that is empty is any host or port, or the same one.
 *
 * @param host the host of the URL, or empty
 * @param port its port, or 0
 * @param toHost the host to connect to, or empty
 * @param toPort the port to connect to, or 0
 */
public record ConnectToEntry(String host, int port, String toHost, int toPort) {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\[[^]]*]|[^:\\[\\]]*):([0-9]{0,5}):(\\[[^]]*]|[^:\\[\\]]*)(?::([0-9]{0,5}))?");

  private static final int MAX_PORT = 65_535;

  /**
   * {@return the entry that an argument describes}
   *
   * @param argument {@code HOST1:PORT1:HOST2:PORT2}; IPv6 addresses stand in brackets
   * @throws CommandException if it does not describe one
   */
  public static ConnectToEntry parse(String argument) throws CommandException {
    Matcher parts = FORM.matcher(argument);
    if (!parts.matches()) {
      throw CommandException.usage(
          "--connect-to: '" + argument + "' is not 'HOST1:PORT1:HOST2:PORT2'");
    }
    return new ConnectToEntry(
        host(parts.group(1)),
        port(parts.group(2)),
        host(parts.group(3)),
        parts.group(4) == null ? 0 : port(parts.group(4)));
  }

  /**
   * {@return where to connect to: by the first entry for a target, or else there}
   *
   * @param entries the entries
   * @param target a host and port
   */
  public static InetSocketAddress destination(
      List<ConnectToEntry> entries, InetSocketAddress target) {
    for (ConnectToEntry entry : entries) {
      if (entry.isFor(target)) {
        return InetSocketAddress.createUnresolved(
            entry.toHost.isEmpty() ? target.getHostString() : entry.toHost,
            entry.toPort == 0 ? target.getPort() : entry.toPort);
      }
    }
    return target;
  }

  private boolean isFor(InetSocketAddress target) {
    return (host.isEmpty() || host.equalsIgnoreCase(target.getHostString()))
        && (port == 0 || port == target.getPort());
  }

  /** Without brackets, as the client has it. */
  private static String host(String text) {
    String host = HostName.of(text);
    String known = host == null ? text : host;
    return known.startsWith("[") ? known.substring(1, known.length() - 1) : known;
  }

  private static int port(String text) throws CommandException {
    int port = text.isEmpty() ? 0 : Integer.parseInt(text);
    if (port > MAX_PORT) {
      throw CommandException.usage("--connect-to: " + text + " is not a port");
    }
    return port;
  }
}
