package io.httptrace.cli.writeout;

import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.PhaseOutcome;
import io.httptrace.timeline.RoundTrip;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The two ends of the last connection.
 *
 * @param local this end, or null if it is not known
 * @param remote the other end, or null if there was no connection
 */
record Ends(@Nullable SocketAddress local, @Nullable SocketAddress remote) {
  static final Ends NONE = new Ends(null, null);

  /**
   * {@return the ends of the connection of a round trip} If a handshake failed on it, only the
   * other end is known.
   *
   * @param roundTrip the round trip
   */
  static Ends of(RoundTrip roundTrip) {
    ConnectionUse connection = roundTrip.connection();
    if (connection != null) {
      return new Ends(connection.localAddress(), connection.remoteAddress());
    }
    SocketAddress remote = null;
    for (Phase phase : roundTrip.phases(PhaseKind.CONNECT)) {
      if (phase.outcome() == PhaseOutcome.DONE && !phase.abandoned()) {
        remote = phase.address();
      }
    }
    return new Ends(null, remote);
  }

  static String ip(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : "";
  }

  static long port(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet ? inet.getPort() : 0;
  }
}
