package io.httptrace.cli;

import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.gate.RequestFigures;
import io.httptrace.cli.gate.Slo;
import io.httptrace.cli.gate.SloResult;
import io.httptrace.cli.options.CommandOptions;
import io.httptrace.cli.options.CommandOptions.FollowUpOptions;
import io.httptrace.cli.options.CommandOptions.Output;
import io.httptrace.cli.options.CurlOutput.FailOn;
import io.httptrace.cli.options.CurlOutput.Messages;
import io.httptrace.cli.output.CsvRecords;
import io.httptrace.cli.output.ExportFiles;
import io.httptrace.cli.output.JsonRecords;
import io.httptrace.cli.output.Records;
import io.httptrace.cli.request.BodyOutput;
import io.httptrace.cli.request.RunRequest;
import io.httptrace.cli.text.Printer;
import io.httptrace.cli.writeout.TransferFacts;
import io.httptrace.cli.writeout.WriteOut;
import io.httptrace.render.Ink;
import io.httptrace.render.Waterfall;
import io.httptrace.render.text.Printable;
import io.httptrace.render.text.Wrapping;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Shows what has happened, where and how the user wants it. */
final class RequestReport {
  private final Shell shell;
  private final Output output;
  private final FollowUpOptions followUps;
  private final Redaction redaction;
  private final boolean onStderr;
  private final boolean picture;
  private final @Nullable Records records;
  private final ExportFiles exports;
  private final @Nullable Slo slo;
  private boolean missed;

  /** The same of the last attempt, which counts only if no other one follows. */
  private boolean missedNow;

  /**
   * Makes a report, for all requests of a command.
   *
   * @param shell where to print
   * @param all what to show, and what should have happened, for each URL; they differ only in where
   *     the body goes
   */
  RequestReport(Shell shell, List<CommandOptions> all) {
    CommandOptions first = all.get(0);
    this.shell = shell;
    this.output = first.output();
    this.followUps = first.followUps();
    this.redaction = output.redaction();
    this.onStderr = all.stream().anyMatch(options -> options.output().toStderr());
    this.picture = all.stream().allMatch(options -> options.output().picture());
    this.records = records(all.size() > 1 || first.several());
    this.exports = new ExportFiles(output.exports(), redaction);
    this.slo = first.measure().slo();
  }

  private @Nullable Records records(boolean several) {
    return switch (output.format()) {
      case TEXT -> null;
      case JSON -> new JsonRecords(stream(), redaction, several);
      case JSONL -> new JsonRecords(stream(), redaction, false);
      case CSV -> new CsvRecords(stream(), redaction);
    };
  }

  /**
   * Prints what is wrong to standard error, as one line.
   *
   * @param shell where to print
   * @param message what is wrong
   */
  static void complain(Shell shell, @Nullable String message) {
    shell.stderr().println("httptrace: " + Printable.text(String.valueOf(message)));
  }

  /** {@return where it prints} */
  Shell shell() {
    return shell;
  }

  /** {@return what prints events if the user wants them} */
  Consumer<TraceEvent> listener() {
    if (!output.events()) {
      return event -> {};
    }
    return new EventPrinter(records == null ? stream() : shell.stderr(), redaction);
  }

  /**
   * Prints a line above the picture that comes next, if there is one.
   *
   * @param text the line
   */
  void title(String text) {
    if (!picture) {
      return;
    }
    Screen screen = screen();
    for (String line : Wrapping.lines(text, screen.width())) {
      stream().println(screen.palette().paint(Ink.HEADING, line));
    }
  }

  /** Prints an empty line between two pictures. */
  void gap() {
    if (picture) {
      stream().println("");
    }
  }

  /**
   * Shows a request that is over.
   *
   * @param result what has happened
   * @param body where its body went
   * @param length see {@link Waterfall#draw(Timeline, Duration)}
   * @return how the command ends if this is its last request, and no limit is missed
   */
  ExitCode show(RunRequest.Result result, BodyOutput body, Duration length) {
    Failure failure = failure(result, body);
    Timeline timeline = result.timeline();
    SloResult checked = checked(timeline);
    exports.add(timeline);
    if (records != null) {
      records.add(timeline, failure, checked);
    } else if (picture) {
      if (output.events()) {
        stream().println("");
      }
      stream().print(screen().waterfall(output).draw(timeline, length));
    }
    if (failure == null) {
      failure = failure(result, body);
    }
    boolean silent = output.curl().messages() == Messages.NONE;
    if (checked != null && !silent) {
      checked.misses().forEach(miss -> complain(shell, miss));
    }
    if (failure == null) {
      return ExitCode.OK;
    }
    if (!silent) {
      complain(shell, failure.message());
      String hint = failure.hint();
      if (hint != null) {
        complain(shell, hint);
      }
    }
    return failure.exitCode();
  }

  private @Nullable SloResult checked(Timeline timeline) {
    if (slo == null) {
      return null;
    }
    SloResult checked = slo.check(RequestFigures.of(timeline)::spread);
    missedNow = !checked.met();
    return checked;
  }

  /**
   * Shows a request that is over, in a line. No message says why it failed.
   *
   * @param result what has happened
   * @param body where its body went
   * @param line makes the line, of why it failed, or of an empty text
   * @return how the command ends if this is its last request
   */
  ExitCode line(RunRequest.Result result, BodyOutput body, UnaryOperator<String> line) {
    Failure failure = failure(result, body);
    SloResult checked = checked(result.timeline());
    String misses = checked == null ? "" : String.join("; ", checked.misses());
    exports.add(result.timeline());
    stream().println(line.apply(failure == null ? misses : failure.message()));
    return failure == null ? ExitCode.OK : failure.exitCode();
  }

  /**
   * Prints a text where pictures are.
   *
   * @param text the text, with its line feeds
   */
  void print(String text) {
    stream().print(text);
  }

  /**
   * Prints the text of {@code -w}, if there is one.
   *
   * @param result what has happened
   * @param body where its body went
   * @param options what was to happen
   * @param number the number of the URL on the command line, from 0
   */
  void writeOut(RunRequest.Result result, BodyOutput body, CommandOptions options, int number) {
    missed |= missedNow;
    missedNow = false;
    String format = output.curl().writeOut();
    if (format != null) {
      TransferFacts facts =
          new TransferFacts(result.timeline(), failure(result, body), options, number, redaction);
      WriteOut.print(format, facts, shell.stdout(), shell.stderr());
    }
  }

  /**
   * Ends the output, after the last request, and writes the files that show the requests to others.
   *
   * @param exitCode the exit code so far
   * @return the exit code
   */
  ExitCode end(ExitCode exitCode) {
    if (records != null) {
      records.end();
    }
    List<String> unwritten = exports.write(shell.stdout());
    unwritten.forEach(message -> complain(shell, message));
    if (exitCode != ExitCode.OK || (unwritten.isEmpty() && !missed)) {
      return exitCode;
    }
    return unwritten.isEmpty() ? ExitCode.SLO_MISSED : ExitCode.WRITE_ERROR;
  }

  private @Nullable Failure failure(RunRequest.Result result, BodyOutput body) {
    Failure refused = body.refusal();
    if (refused != null) {
      return refused;
    }
    IOException unwritten = body.failure();
    if (unwritten != null) {
      return Failure.ofBody(unwritten, body.name());
    }
    String unshown = shell.unwritten();
    if (unshown != null) {
      return new Failure(ExitCode.WRITE_ERROR, null, unshown);
    }
    FailOn failOn = output.curl().failOn();
    Failure ofStatus = failOn == FailOn.NO_STATUS ? null : Failure.ofStatus(result.timeline());
    Throwable error = result.error();
    if (error != null && (ofStatus == null || failOn == FailOn.STATUS_WITH_BODY)) {
      return Failure.ofRequest(error, result.timeline(), redaction);
    }
    return ofStatus != null ? ofStatus : Redirects.tooMany(result.timeline(), followUps);
  }

  private Printer stream() {
    return onStderr ? shell.stderr() : shell.stdout();
  }

  /** {@return whether there are pictures} */
  boolean hasPicture() {
    return picture;
  }

  /** {@return whether a person sees what is shown} */
  boolean isOnTerminal() {
    return onStderr ? shell.stderrIsTerminal() : shell.stdoutIsTerminal();
  }

  /** {@return what pictures are drawn on} */
  Screen screen() {
    return Screen.of(isOnTerminal(), output.color(), shell.environment());
  }
}
