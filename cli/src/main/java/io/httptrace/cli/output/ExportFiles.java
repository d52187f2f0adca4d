package io.httptrace.cli.output;

import io.httptrace.cli.options.CommandOptions.Exports;
import io.httptrace.cli.text.LocalFile;
import io.httptrace.cli.text.Printer;
import io.httptrace.render.text.Reasons;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files that show a command's requests to others. They are written at the end, with all
 * requests. For one thread.
 */
public final class ExportFiles {
  private final Exports options;
  private final Redaction redaction;
  private final List<Timeline> timelines = new ArrayList<>();

  /**
   * Makes them, with no request yet.
   *
   * @param options which there are
   * @param redaction whether secrets are masked
   */
  public ExportFiles(Exports options, Redaction redaction) {
    this.options = options;
    this.redaction = redaction;
  }

  /**
   * Adds a request that is over.
   *
   * @param timeline what has happened
   */
  public void add(Timeline timeline) {
    if (options.any()) {
      timelines.add(timeline);
    }
  }

  /**
   * Writes the files.
   *
   * @param stdout standard output, for {@code -}
   * @return what could not be written, and why; standard output knows that itself
   */
  public List<String> write(Printer stdout) {
    if (!options.any()) {
      return List.of();
    }
    List<String> failures = new ArrayList<>();
    write("--har", options.har(), () -> Exporters.har(timelines, redaction), stdout, failures);
    write("--html", options.html(), () -> Exporters.html(timelines, redaction), stdout, failures);
    return failures;
  }

  private static void write(
      String option,
      @Nullable String file,
      Supplier<String> text,
      Printer stdout,
      List<String> failures) {
    if (file == null) {
      return;
    }
    if (file.equals("-")) {
      stdout.print(text.get());
      return;
    }
    try {
      new LocalFile(file).write(text.get().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      failures.add(option + ": cannot write '" + file + "': " + Reasons.of(e));
    }
  }
}
