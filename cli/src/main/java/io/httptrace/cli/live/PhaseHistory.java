package io.httptrace.cli.live;

import io.httptrace.render.Ink;
import io.httptrace.render.Painter;
import io.httptrace.render.text.Quantities;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long each phase took in the last runs of a request. */
public final class PhaseHistory {
  /** As many runs as the widest screen has columns. */
  private static final int KEPT = 200;

  private static final int LABEL_COLUMNS = 10;
  private static final int DURATION_COLUMNS = 12;

  /** Below this width there is no room for details. */
  private static final int WIDE = 72;

  /** From next to nothing to the most there was. */
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";

  private static final String ASCII = "_.-:=+*#";

  /**
   * A run.
   *
   * @param timeline what happened
   * @param phases how long each kind of phase took; those that did not happen are missing
   */
  private record Run(Timeline timeline, Map<PhaseKind, Duration> phases) {
    static Run of(Timeline timeline) {
      Map<PhaseKind, Duration> phases = new EnumMap<>(PhaseKind.class);
      for (RoundTrip roundTrip : timeline.roundTrips()) {
        for (Phase phase : roundTrip.phases()) {
          if (!phase.abandoned()) {
            phases.merge(phase.kind(), phase.duration(), Duration::plus);
          }
        }
      }
      return new Run(timeline, phases);
    }

    /** How long a kind of phase took, or with null the whole; null if it did not happen. */
    @Nullable Duration length(@Nullable PhaseKind kind) {
      return kind == null ? timeline.total() : phases.get(kind);
    }
  }

  private final List<Run> runs = new ArrayList<>();

  /** Makes one without any runs. */
  public PhaseHistory() {}

  /**
   * Adds a run.
   *
   * @param timeline what happened
   */
  public void add(Timeline timeline) {
    if (runs.size() == KEPT) {
      runs.remove(0);
    }
    runs.add(Run.of(timeline));
  }

  /**
   * {@return a row for each kind of phase there was, and one for the whole: its name, how long it
   * took in each run, the last one last, by height, then how long in the last one, the shortest and
   * the longest} A kind of phase is as high as it can be where it took longest.
   *
   * @param width how many columns there are
   * @param unicode whether there are more characters than those of ASCII
   * @param painter the colours
   */
  public String text(int width, boolean unicode, Painter painter) {
    int columns = columns(width);
    List<Run> last = runs.subList(Math.max(0, runs.size() - columns), runs.size());
    List<@Nullable PhaseKind> kinds = new ArrayList<>();
    for (PhaseKind kind : PhaseKind.values()) {
      if (last.stream().anyMatch(run -> run.length(kind) != null)) {
        kinds.add(kind);
      }
    }
    kinds.add(null);
    StringBuilder text = new StringBuilder("\n");
    for (PhaseKind kind : kinds) {
      Ink ink = kind == null ? Ink.HEADING : Ink.of(kind);
      String label = kind == null ? "total" : kind.label();
      List<@Nullable Duration> lengths = new ArrayList<>();
      last.forEach(run -> lengths.add(run.length(kind)));
      Row row = new Row(lengths, unicode ? BLOCKS : ASCII);
      text.append(painter.paint(ink, label)).append(" ".repeat(LABEL_COLUMNS - label.length()));
      text.append(painter.paint(ink, row.line())).append(" ".repeat(columns - last.size()));
      String time = row.last();
      text.append(" ".repeat(DURATION_COLUMNS - time.length())).append(time);
      if (width >= WIDE && !row.range().isEmpty()) {
        text.append("  ").append(painter.paint(Ink.FAINT, row.range()));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** As many as the bars of the picture have. */
  private static int columns(int width) {
    int details = width < WIDE ? 0 : width * 35 / 100 + 2;
    return width - LABEL_COLUMNS - DURATION_COLUMNS - details;
  }

  /**
   * How long something took in each run.
   *
   * @param lengths how long; null where it did not happen
   * @param heights the characters, the lowest first
   */
  private record Row(List<@Nullable Duration> lengths, String heights) {
    private Stream<Duration> known() {
      return lengths.stream().flatMap(Stream::ofNullable);
    }

    private Duration longest() {
      return known().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    String line() {
      long most = longest().toNanos() + 1;
      StringBuilder line = new StringBuilder();
      for (Duration length : lengths) {
        line.append(
            length == null
                ? ' '
                : heights.charAt((int) (length.toNanos() * heights.length() / most)));
      }
      return line.toString();
    }

    String last() {
      Duration last = lengths.get(lengths.size() - 1);
      return last == null ? "" : Quantities.column(last);
    }

    String range() {
      Duration shortest = known().min(Duration::compareTo).orElse(Duration.ZERO);
      return shortest.equals(longest())
          ? ""
          : Quantities.time(shortest) + " to " + Quantities.time(longest());
    }
  }

  /**
   * {@return the last run as a line: when it began (UTC), its status, how long each phase took, and
   * the whole}
   *
   * @param failure why it failed; empty if it did not
   */
  public String line(String failure) {
    Run run = runs.get(runs.size() - 1);
    List<RoundTrip> roundTrips = run.timeline().roundTrips();
    List<String> parts = new ArrayList<>();
    run.phases().forEach((kind, time) -> parts.add(kind.label() + " " + Quantities.time(time)));
    Duration total = run.timeline().total();
    if (total != null) {
      parts.add("total " + Quantities.time(total));
    }
    if (!failure.isEmpty()) {
      parts.add(failure);
    }
    RoundTrip last = roundTrips.isEmpty() ? null : roundTrips.get(roundTrips.size() - 1);
    String status =
        last == null || last.status().isEmpty()
            ? "---"
            : Integer.toString(last.status().getAsInt());
    return run.timeline().startedAt().truncatedTo(ChronoUnit.SECONDS)
        + " "
        + status
        + " "
        + String.join(", ", parts);
  }
}
