package io.httptrace.cli.request;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.ConnectionOptions.AddressFamily;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;

/** The address to connect from, by the name of {@code --interface}. */
final class LocalEnd {
  private LocalEnd() {}

  /**
   * {@return an address of this machine} Of several of a device, one of IPv4 comes first, unless
   * the options ask for IPv6.
   *
   * @param name the name of a device, an address, or the name of a host; as with curl, {@code if!}
   *     or {@code host!} before it says which of them
   * @param family the family that is wanted
   * @throws CommandException if this machine has no such address
   */
  static InetAddress of(String name, AddressFamily family) throws CommandException {
    List<InetAddress> found;
    try {
      if (name.startsWith("if!")) {
        found = ofDevice(name.substring("if!".length()));
      } else if (name.startsWith("host!")) {
        found = ofHost(name.substring("host!".length()));
      } else {
        found = ofDevice(name);
        found = found.isEmpty() ? ofHost(name) : found;
      }
      boolean ipv6 = family == AddressFamily.IPV6;
      for (InetAddress address : found) {
        boolean wanted = family == AddressFamily.ANY || address instanceof Inet4Address == !ipv6;
        if (wanted && NetworkInterface.getByInetAddress(address) != null) {
          return address;
        }
      }
    } catch (SocketException | UnknownHostException e) {
      // Said below.
    }
    throw new CommandException(
        ExitCode.INTERFACE, "--interface: this machine has no such address: '" + name + "'");
  }

  private static List<InetAddress> ofDevice(String name) throws SocketException {
    NetworkInterface device = NetworkInterface.getByName(name);
    return device == null
        ? List.of()
        : device
            .inetAddresses()
            .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
            .toList();
  }

  private static List<InetAddress> ofHost(String name) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(name));
  }
}
