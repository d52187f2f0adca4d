package io.httptrace.cli.output;

import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.text.Printer;
import io.httptrace.render.TimelineJson;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import org.jspecify.annotations.Nullable;

/** Requests as JSON: each on a line of its own, or all of them in an array. */
public final class JsonRecords implements Records {
  private final Printer out;
  private final Redaction redaction;
  private final boolean array;
  private boolean begun;

  /**
   * Makes a writer.
   *
   * @param out where to write
   * @param redaction whether secrets are masked
   * @param array whether the requests are elements of one array
   */
  public JsonRecords(Printer out, Redaction redaction, boolean array) {
    this.out = out;
    this.redaction = redaction;
    this.array = array;
  }

  @Override
  public void add(Timeline timeline, @Nullable Failure failure) {
    String object = TimelineJson.toJson(timeline, redaction, Failure.member(failure));
    if (array) {
      out.print((begun ? ",\n" : "[\n") + object);
    } else {
      out.println(object);
    }
    begun = true;
  }

  @Override
  public void end() {
    if (array && begun) {
      out.print("\n]\n");
    }
  }
}
