package io.httptrace.har;

import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An entry of a HAR.
 *
 * @param startedAt when its round trip began
 * @param roundTrip the round trip
 */
record HarEntry(Instant startedAt, RoundTrip roundTrip) {

  /** {@return its members, in the order of the specification} */
  Map<String, Object> members(Redaction redaction) {
    HarTimings timings = HarTimings.of(roundTrip);
    HarMessages messages = new HarMessages(roundTrip, redaction);
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("startedDateTime", startedAt.toString());
    entry.put("time", timings.time());
    entry.put("request", messages.request());
    entry.put("response", messages.response());
    entry.put("cache", Map.of());
    entry.put("timings", timings.members());
    ConnectionUse connection = roundTrip.connection();
    if (connection != null) {
      if (roundTrip.proxy() == null
          && connection.remoteAddress() instanceof InetSocketAddress address
          && address.getAddress() != null) {
        entry.put("serverIPAddress", withoutZone(address.getAddress().getHostAddress()));
      }
      entry.put("connection", Long.toString(connection.id()));
      entry.put("_reused", connection.reused());
    }
    if (roundTrip.reason() != null) {
      entry.put("_reason", label(roundTrip.reason()));
    }
    Throwable error = roundTrip.error();
    if (error != null) {
      entry.put("_error", redaction.error(error));
    }
    Phase failed = roundTrip.failedPhase();
    if (failed != null) {
      entry.put("_failedPhase", failed.kind().label());
    }
    return entry;
  }

  /** The zone of a link-local address (RFC 4007, section 11) means something here only. */
  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
