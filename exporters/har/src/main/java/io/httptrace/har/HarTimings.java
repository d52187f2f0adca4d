package io.httptrace.har;

import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.RoundTrip;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The times of an entry: each moment of a round trip counts once, for what matters most then.
 *
 * @param nanos how long each took; what did not happen is absent
 * @param ssl the part of connecting that is TLS; -1 if there is none
 */
record HarTimings(Map<Part, Long> nanos, long ssl) {
  private static final Set<PhaseKind> HANDSHAKES = EnumSet.of(PhaseKind.TLS, PhaseKind.PROXY_TLS);

  /** The parts that add up, as they are written. */
  enum Part {
    BLOCKED("blocked"),
    DNS("dns", PhaseKind.DNS),
    CONNECT(
        "connect", PhaseKind.CONNECT, PhaseKind.PROXY_TLS, PhaseKind.PROXY_CONNECT, PhaseKind.TLS),
    SEND("send", PhaseKind.REQUEST),
    WAIT("wait", PhaseKind.WAIT),
    RECEIVE("receive", PhaseKind.RESPONSE);

    /** What counts first comes first. */
    private static final List<Part> BY_WEIGHT = List.of(SEND, WAIT, RECEIVE, CONNECT, DNS, BLOCKED);

    final String member;

    @SuppressWarnings("ImmutableEnumChecker") // It is a copy, which cannot be changed.
    private final List<PhaseKind> kinds;

    Part(String member, PhaseKind... kinds) {
      this.member = member;
      this.kinds = List.of(kinds);
    }

    private boolean has(PhaseKind kind) {
      return kinds.contains(kind);
    }

    /** {@return whether it has a time always, be it 0} */
    private boolean isDemanded() {
      return this == BLOCKED || this == SEND || this == WAIT || this == RECEIVE;
    }
  }

  static HarTimings of(RoundTrip roundTrip) {
    long start = roundTrip.start().toNanos();
    long end = start + roundTrip.total().toNanos();
    Map<Part, Long> nanos = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      if (part.isDemanded() || roundTrip.phases().stream().anyMatch(p -> part.has(p.kind()))) {
        nanos.put(part, 0L);
      }
    }
    boolean secured = roundTrip.phases().stream().anyMatch(p -> HANDSHAKES.contains(p.kind()));
    long ssl = 0;
    long before = start;
    for (long next : boundaries(roundTrip, start, end)) {
      Set<PhaseKind> active = active(roundTrip, before, next);
      Part part = weightiest(active);
      nanos.merge(part, next - before, Long::sum);
      if (part == Part.CONNECT && active.stream().anyMatch(HANDSHAKES::contains)) {
        ssl += next - before;
      }
      before = next;
    }
    return new HarTimings(nanos, secured ? ssl : -1);
  }

  /** {@return when something begins or ends, after the start, up to the end} */
  private static TreeSet<Long> boundaries(RoundTrip roundTrip, long start, long end) {
    TreeSet<Long> boundaries = new TreeSet<>();
    for (Phase phase : roundTrip.phases()) {
      boundaries.add(phase.start().toNanos());
      boundaries.add(phase.end().toNanos());
    }
    boundaries.add(end);
    boundaries.removeIf(at -> at <= start || at > end);
    return boundaries;
  }

  private static Set<PhaseKind> active(RoundTrip roundTrip, long from, long to) {
    Set<PhaseKind> active = EnumSet.noneOf(PhaseKind.class);
    for (Phase phase : roundTrip.phases()) {
      if (phase.start().toNanos() <= from && phase.end().toNanos() >= to) {
        active.add(phase.kind());
      }
    }
    return active;
  }

  private static Part weightiest(Set<PhaseKind> active) {
    return Part.BY_WEIGHT.stream()
        .filter(part -> active.stream().anyMatch(part::has))
        .findFirst()
        .orElse(Part.BLOCKED);
  }

  /** {@return the sum of all} */
  BigDecimal time() {
    return millis(nanos.values().stream().mapToLong(Long::longValue).sum());
  }

  Map<String, Object> members() {
    Map<String, Object> timings = new LinkedHashMap<>();
    for (Part part : Part.values()) {
      timings.put(part.member, millis(nanos.getOrDefault(part, -1L)));
    }
    timings.put("ssl", millis(ssl));
    return timings;
  }

  private static BigDecimal millis(long nanos) {
    BigDecimal millis = nanos < 0 ? BigDecimal.valueOf(-1) : BigDecimal.valueOf(nanos, 6);
    BigDecimal shortest = millis.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }
}
