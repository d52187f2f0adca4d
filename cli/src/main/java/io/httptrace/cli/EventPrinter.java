package io.httptrace.cli;

import io.httptrace.cli.text.Printer;
import io.httptrace.render.text.FieldText;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.TraceEvent;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Prints a line for each event as it happens: the time since the first one, the hook's name, its
 * arguments. The time is that of the event; the lines are in the order in which hooks ran.
 *
 * @param out prints the lines
 * @param redaction whether secrets are masked
 */
record EventPrinter(Printer out, Redaction redaction) implements Consumer<TraceEvent> {

  /** May be called on several threads: the printer writes each line as a whole. */
  @Override
  public void accept(TraceEvent event) {
    double millis = event.offset().toNanos() / 1e6;
    String arguments = FieldText.readable(event.arguments(redaction));
    String line = String.format(Locale.ROOT, "%12.3f ms  %-21s%s", millis, event.hook(), arguments);
    out.println(line.stripTrailing());
  }
}
