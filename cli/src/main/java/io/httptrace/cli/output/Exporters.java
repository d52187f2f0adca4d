package io.httptrace.cli.output;

import io.httptrace.har.HarExporter;
import io.httptrace.html.HtmlExporter;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.util.List;

/** The exporters. A command that exports nothing does not load this class, nor any of theirs. */
final class Exporters {
  private Exporters() {}

  static String har(List<Timeline> timelines, Redaction redaction) {
    return HarExporter.create().redaction(redaction).toHar(timelines) + "\n";
  }

  static String html(List<Timeline> timelines, Redaction redaction) {
    return HtmlExporter.create().redaction(redaction).toHtml(timelines);
  }
}
