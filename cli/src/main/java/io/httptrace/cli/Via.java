package io.httptrace.cli;

import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** By which way a round trip went to its target. */
final class Via {
  private Via() {}

  /**
   * {@return host and port of the proxy, or null if there is none} A client asks its pool for a
   * connection to the proxy then.
   *
   * @param roundTrip the round trip
   */
  static @Nullable String proxy(RoundTrip roundTrip) {
    String asked = roundTrip.hostPort();
    String uri = roundTrip.uri(Redaction.NONE);
    if (asked == null || uri == null) {
      return null;
    }
    URI target = URI.create(uri);
    String own = HostName.of(target) + ":" + HostName.port(target);
    return asked.equalsIgnoreCase(own) ? null : asked;
  }
}
