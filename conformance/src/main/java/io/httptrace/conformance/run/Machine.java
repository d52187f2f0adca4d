package io.httptrace.conformance.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Capabilities of the machine that a scenario may need. */
public final class Machine {
  private static final byte[] LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private Machine() {}

  /** {@return whether a server can listen on {@code ::1}} */
  public static boolean hasIpv6Loopback() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
      return socket.isBound();
    } catch (IOException none) {
      return false;
    }
  }
}
