package io.httptrace.cli.output;

import io.httptrace.ByteCounts;
import io.httptrace.TlsConnectionState;
import io.httptrace.render.text.Addresses;
import io.httptrace.render.text.Labels;
import io.httptrace.render.text.Printable;
import io.httptrace.render.text.Reasons;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A round trip as a row of a table: its values by the names of their columns. */
final class RoundTripValues {
  private RoundTripValues() {}

  /**
   * {@return the values, in the order of the columns} Null stands for what did not happen, or is
   * not known. There are the same columns for each round trip.
   *
   * @param request the number of its request
   * @param began when the request began
   * @param roundTrip the round trip
   * @param redaction whether secrets are masked
   */
  static Map<String, @Nullable Object> of(
      int request, Instant began, RoundTrip roundTrip, Redaction redaction) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("request", request);
    values.put("roundTrip", roundTrip.number());
    values.put("reason", label(roundTrip.reason()));
    values.put("startedAt", began.plus(roundTrip.start()));
    values.put("method", roundTrip.method());
    values.put("uri", roundTrip.uri(redaction));
    putEnd(values, roundTrip, redaction);
    putConnection(values, roundTrip.connection());
    putTimes(values, roundTrip);
    putBytes(values, roundTrip.bytes());
    return values;
  }

  private static void putEnd(
      Map<String, @Nullable Object> values, RoundTrip roundTrip, Redaction redaction) {
    Phase failed = roundTrip.failedPhase();
    Throwable error = roundTrip.error();
    values.put("outcome", label(roundTrip.outcome()));
    values.put("status", roundTrip.status().isEmpty() ? null : roundTrip.status().getAsInt());
    values.put("failedPhase", failed == null ? null : failed.kind().label());
    values.put("error", error == null ? null : Printable.text(redaction.text(Reasons.of(error))));
  }

  private static void putConnection(
      Map<String, @Nullable Object> values, @Nullable ConnectionUse connection) {
    TlsConnectionState tls = connection == null ? null : connection.tls();
    values.put("connectionId", connection == null ? null : connection.id());
    values.put("reused", connection == null ? null : connection.reused());
    values.put("protocol", connection == null ? null : connection.protocol());
    values.put("tlsVersion", tls == null ? null : tls.version());
    values.put(
        "remoteAddress", connection == null ? null : Addresses.of(connection.remoteAddress()));
  }

  private static void putTimes(Map<String, @Nullable Object> values, RoundTrip roundTrip) {
    for (PhaseKind kind : PhaseKind.values()) {
      List<Phase> phases = roundTrip.phases(kind);
      values.put(column(kind), phases.isEmpty() ? null : covered(roundTrip, phases));
    }
    long total = roundTrip.total().toNanos();
    values.put("clientNanos", total - covered(roundTrip, roundTrip.phases()));
    values.put("totalNanos", total);
    Duration firstByte = roundTrip.timeToFirstByte();
    values.put("timeToFirstByteNanos", firstByte == null ? null : firstByte.toNanos());
  }

  private static String column(PhaseKind kind) {
    return (kind == PhaseKind.PROXY_TLS ? "proxyTls" : kind.label()) + "Nanos";
  }

  /** {@return how long at least one of some phases of a round trip was under way} */
  private static long covered(RoundTrip roundTrip, List<Phase> phases) {
    long covered = 0;
    long until = roundTrip.start().toNanos();
    List<Phase> byStart = phases.stream().sorted(Comparator.comparing(Phase::start)).toList();
    for (Phase phase : byStart) {
      long end = phase.end().toNanos();
      covered += Math.max(0, end - Math.max(until, phase.start().toNanos()));
      until = Math.max(until, end);
    }
    return covered;
  }

  private static void putBytes(Map<String, @Nullable Object> values, @Nullable ByteCounts bytes) {
    values.put("wireSent", bytes == null ? null : bytes.wireSent());
    values.put("wireReceived", bytes == null ? null : bytes.wireReceived());
    values.put("contentSent", bytes == null ? null : bytes.contentSent());
    values.put("contentReceived", bytes == null ? null : bytes.contentReceived());
  }

  private static @Nullable String label(@Nullable Enum<?> constant) {
    return constant == null ? null : Labels.of(constant);
  }
}
