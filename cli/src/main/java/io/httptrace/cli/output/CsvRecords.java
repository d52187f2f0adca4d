package io.httptrace.cli.output;

import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.gate.SloResult;
import io.httptrace.cli.text.Printer;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests as comma-separated values (RFC 4180): a line for each round trip. */
public final class CsvRecords implements Records {
  /** As the RFC has it. */
  private static final String LINE_END = "\r\n";

  private final Printer out;
  private final Redaction redaction;
  private int requests;
  private boolean headed;

  /**
   * Makes a writer.
   *
   * @param out where to write
   * @param redaction whether secrets are masked
   */
  public CsvRecords(Printer out, Redaction redaction) {
    this.out = out;
    this.redaction = redaction;
  }

  @Override
  public void add(Timeline timeline, @Nullable Failure failure, @Nullable SloResult slo) {
    requests++;
    StringBuilder lines = new StringBuilder();
    for (RoundTrip roundTrip : timeline.roundTrips()) {
      Map<String, @Nullable Object> values =
          RoundTripValues.of(requests, timeline.startedAt(), roundTrip, redaction);
      if (!headed) {
        lines.append(line(values.keySet()));
        headed = true;
      }
      lines.append(line(values.values()));
    }
    out.print(lines.toString());
  }

  @Override
  public void end() {
    // Each line is complete.
  }

  /** {@return the values as one line, with its end} */
  public static String line(Iterable<? extends @Nullable Object> values) {
    StringBuilder line = new StringBuilder();
    String comma = "";
    for (Object value : values) {
      line.append(comma).append(value == null ? "" : quoted(value.toString()));
      comma = ",";
    }
    return line.append(LINE_END).toString();
  }

  private static String quoted(String value) {
    return value.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ')
        ? '"' + value.replace("\"", "\"\"") + '"'
        : value;
  }
}
