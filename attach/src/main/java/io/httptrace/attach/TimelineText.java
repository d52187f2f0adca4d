package io.httptrace.attach;

import io.httptrace.render.TimelineJson;
import io.httptrace.render.text.Printable;
import io.httptrace.render.text.Reasons;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.util.Map;

/**
 * Writes timelines for the command, each as one line: as JSON, or as the parts of a line that the
 * command lays out.
 *
 * @param json whether as JSON
 * @param redaction whether secrets are masked; what is masked does not leave this JVM
 */
record TimelineText(boolean json, Redaction redaction) {
  /**
   * {@return a line}
   *
   * @param client the client that has sent the request
   * @param timeline the request
   */
  String line(String client, Timeline timeline) {
    try {
      return json
          ? "json\t" + TimelineJson.toJson(timeline, redaction, Map.of("client", client))
          : "request\t" + TimelineParts.of(client, timeline, redaction);
    } catch (RuntimeException | LinkageError fault) {
      return "note\ta request cannot be shown: " + reason(fault);
    }
  }

  /** {@return what went wrong, in a line} */
  static String reason(Throwable fault) {
    return Printable.text(Reasons.of(fault));
  }
}
