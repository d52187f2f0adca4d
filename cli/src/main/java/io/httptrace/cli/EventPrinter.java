package io.httptrace.cli;

import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.TraceEvent;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Prints each event as it happens, one line each: the time since the first one, the hook's name,
 * its arguments. The time is when the event happened; lines come in the order in which hooks ran.
 *
 * @param out where to print to
 * @param redaction whether secrets are masked
 */
record EventPrinter(Printer out, Redaction redaction) implements Consumer<TraceEvent> {

  /** Hooks run on several threads; a printer writes each line whole. */
  @Override
  public void accept(TraceEvent event) {
    double millis = event.offset().toNanos() / 1e6;
    String arguments = Octets.readable(event.arguments(redaction));
    String line = String.format(Locale.ROOT, "%12.3f ms  %-21s%s", millis, event.hook(), arguments);
    out.println(line.stripTrailing());
  }
}
