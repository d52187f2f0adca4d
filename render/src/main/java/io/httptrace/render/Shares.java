package io.httptrace.render;

import io.httptrace.render.ExchangeTimes.ContinueWait;
import io.httptrace.render.ExchangeTimes.DrawnPhase;
import io.httptrace.render.text.Phrases;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the time went, in a few words. */
final class Shares {
  /** How many are named, of those that are worth it. */
  private static final int MOST = 3;

  private static final int WORTH_PERCENT = 10;

  /**
   * A part of the whole time.
   *
   * @param ink what it is painted in
   * @param text how much it is, and of what
   */
  record Share(Ink ink, String text) {}

  /**
   * A time in which one thing happened.
   *
   * @param kind what happened
   * @param start when it began
   * @param end when it ended
   */
  private record Span(PhaseKind kind, long start, long end) {
    Span(PhaseKind kind, Duration start, Duration end) {
      this(kind, start.toNanos(), end.toNanos());
    }
  }

  private final long total;
  private final List<Span> spans = new ArrayList<>();

  private Shares(long total) {
    this.total = total;
  }

  /** {@return the largest parts, the largest first; empty if nothing took any time} */
  static List<Share> of(Timeline timeline) {
    Duration total = timeline.total();
    Shares shares = new Shares(total == null ? 0 : total.toNanos());
    timeline.roundTrips().forEach(roundTrip -> shares.add(timeline, roundTrip));
    return shares.total == 0 || shares.spans.isEmpty() ? List.of() : shares.largest();
  }

  private void add(Timeline timeline, RoundTrip roundTrip) {
    ExchangeTimes times = ExchangeTimes.of(timeline, roundTrip);
    for (DrawnPhase phase : times.phases()) {
      // A dial that was left behind is no step on the way.
      PhaseKind kind = phase.phase().abandoned() ? PhaseKind.CONNECT : phase.kind();
      spans.add(new Span(kind, phase.start(), phase.end()));
    }
    ContinueWait wait = times.continueWait();
    if (wait != null && wait.continued()) {
      spans.add(new Span(PhaseKind.WAIT, wait.start(), wait.end()));
    }
  }

  private List<Share> largest() {
    Map<PhaseKind, Long> nanos = new EnumMap<>(PhaseKind.class);
    long client = total;
    List<Long> borders = borders();
    for (int i = 1; i < borders.size(); i++) {
      long from = borders.get(i - 1);
      long to = borders.get(i);
      Optional<PhaseKind> kind = kind(from, to);
      if (kind.isPresent()) {
        nanos.merge(kind.get(), to - from, Long::sum);
        client -= to - from;
      }
    }
    List<Map.Entry<Share, Long>> all = new ArrayList<>();
    nanos.forEach(
        (kind, time) -> all.add(Map.entry(share(Ink.of(kind), time, Phrases.of(kind)), time)));
    all.add(Map.entry(share(Ink.FAINT, client, "in the client itself"), client));
    all.sort(Map.Entry.<Share, Long>comparingByValue().reversed());
    List<Share> shares = new ArrayList<>();
    for (Map.Entry<Share, Long> part : all.subList(0, Math.min(MOST, all.size()))) {
      if (shares.isEmpty() || percent(part.getValue()) >= WORTH_PERCENT) {
        shares.add(part.getKey());
      }
    }
    return shares;
  }

  private List<Long> borders() {
    List<Long> borders = new ArrayList<>(List.of(0L, total));
    for (Span span : spans) {
      borders.add(span.start());
      borders.add(span.end());
    }
    return borders.stream().filter(at -> at <= total).distinct().sorted().toList();
  }

  /** Of what happened at the same time, the later step counts. */
  private Optional<PhaseKind> kind(long from, long to) {
    return spans.stream()
        .filter(span -> span.start() <= from && span.end() >= to)
        .map(Span::kind)
        .max(Comparator.naturalOrder());
  }

  private long percent(long nanos) {
    return Math.round(100.0 * nanos / total);
  }

  private Share share(Ink ink, long nanos, String words) {
    return new Share(ink, percent(nanos) + " % " + words);
  }
}
