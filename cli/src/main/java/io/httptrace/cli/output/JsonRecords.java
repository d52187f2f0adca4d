package io.httptrace.cli.output;

import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.gate.SloResult;
import io.httptrace.cli.text.Printer;
import io.httptrace.render.TimelineJson;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.util.LinkedHashMap;
import java.util.Map;
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
  public void add(Timeline timeline, @Nullable Failure failure, @Nullable SloResult slo) {
    String object = TimelineJson.toJson(timeline, redaction, members(failure, slo));
    if (array) {
      out.print((begun ? ",\n" : "[\n") + object);
    } else {
      out.println(object);
    }
    begun = true;
  }

  /** The command's own members. */
  private static Map<String, @Nullable Object> members(
      @Nullable Failure failure, @Nullable SloResult slo) {
    if (slo == null) {
      return Failure.member(failure);
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>(Failure.member(failure));
    members.put("slo", slo.members());
    return members;
  }

  @Override
  public void end() {
    if (array && begun) {
      out.print("\n]\n");
    }
  }
}
