package io.httptrace.cli.measure;

import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.failure.Failure;
import io.httptrace.timeline.PhaseKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often requests failed in which way, with the first message of each. */
final class ErrorCounts {

  /**
   * Requests that failed in the same way.
   *
   * @param first the failure of the first of them
   * @param count how many
   */
  record Entry(Failure first, long count) {}

  /** What is one way to fail: phase, exit code, type of the exception or else the message. */
  private record Way(@Nullable PhaseKind phase, ExitCode exitCode, Object kind) {}

  /** Further ways are counted with the last one, so that memory is bounded. */
  private static final int MOST_WAYS = 50;

  private final Map<Way, Entry> entries = new LinkedHashMap<>();
  private @Nullable Way latest;

  void add(Failure failure, @Nullable Throwable error) {
    Object kind = error == null ? failure.message() : error.getClass();
    Way way = new Way(failure.phase(), failure.exitCode(), kind);
    if (!entries.containsKey(way) && entries.size() >= MOST_WAYS && latest != null) {
      way = latest;
    }
    latest = way;
    entries.merge(
        way, new Entry(failure, 1), (old, one) -> new Entry(old.first(), old.count() + 1));
  }

  /** {@return each way, in the order in which they came up} */
  List<Entry> all() {
    return new ArrayList<>(entries.values());
  }
}
