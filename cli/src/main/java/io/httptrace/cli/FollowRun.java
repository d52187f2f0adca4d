package io.httptrace.cli;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.failure.InterruptedRunException;
import io.httptrace.cli.live.PhaseHistory;
import io.httptrace.cli.options.CommandOptions.Output;
import io.httptrace.cli.request.BodyOutput;
import io.httptrace.cli.request.Interruption;
import io.httptrace.cli.request.RunRequest;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request once, or again and again, each time on a new connection, until the process is to
 * end.
 */
final class FollowRun {
  /** To the top of the terminal, and away with all that stands there (ECMA-48, CUP and ED). */
  private static final String TOP = "\u001b[H\u001b[J";

  /** Makes the request once. */
  @FunctionalInterface
  interface Once {
    ExitCode run() throws CommandException, GeneralSecurityException;
  }

  private final RequestReport report;
  private final Interruption interruption;
  private final @Nullable Duration pause;
  private final @Nullable PhaseHistory history;
  private boolean shown;

  /**
   * Makes one without any runs.
   *
   * @param report shows requests
   * @param output what the user wants
   * @param interruption ends it
   */
  FollowRun(RequestReport report, Output output, Interruption interruption) {
    this.report = report;
    this.interruption = interruption;
    this.pause = output.pictures().follow();
    this.history = pause == null ? null : new PhaseHistory();
  }

  /** {@return what shows requests} */
  RequestReport report() {
    return report;
  }

  /** {@return what says that the process is to end} */
  Interruption interruption() {
    return interruption;
  }

  /** {@return whether no request has been shown yet} */
  boolean isFirst() {
    return !shown;
  }

  /**
   * {@return how the last request ended}
   *
   * @param once makes the request
   */
  ExitCode run(Once once) throws CommandException, GeneralSecurityException {
    ExitCode last;
    do {
      last = once.run();
    } while (pause != null && report.shell().unwritten() == null && interruption.pause(pause));
    return last;
  }

  /**
   * Shows a request that is over. If it is followed, then on a terminal in place of the one before,
   * with the phases of all of them below; otherwise as a line.
   *
   * @param result what has happened
   * @param body where its body went
   * @return how the command ends if this is its last request
   */
  ExitCode show(RunRequest.Result result, BodyOutput body) {
    if (shown && pause != null && result.error() instanceof InterruptedRunException) {
      return ExitCode.INTERRUPTED; // what is on the screen is worth more
    }
    shown = true;
    if (history == null || !report.hasPicture()) {
      return report.show(result, body, Duration.ZERO);
    }
    history.add(result.timeline());
    if (!report.isOnTerminal() || !report.shell().canOverwrite()) {
      return report.line(result, body, history::line);
    }
    report.print(TOP);
    ExitCode exitCode = report.show(result, body, Duration.ZERO);
    Screen screen = report.screen();
    report.print(history.text(screen.width(), screen.unicode(), screen.palette()));
    return exitCode;
  }
}
