package io.httptrace.cli;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.gate.Slo;
import io.httptrace.cli.measure.LoadRun;
import io.httptrace.cli.measure.MeasureCsv;
import io.httptrace.cli.measure.MeasureJson;
import io.httptrace.cli.measure.MeasureSummary;
import io.httptrace.cli.measure.MeasureText;
import io.httptrace.cli.measure.SystemTimer;
import io.httptrace.cli.options.CommandOptions;
import io.httptrace.cli.options.CurlOutput.Messages;
import io.httptrace.cli.options.LoadPlan;
import io.httptrace.cli.options.Target;
import io.httptrace.cli.request.Interruption;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes many requests and shows how long they took.
 *
 * @param shell where to print
 * @param options what to send, and how often
 * @param plan how often, and when
 */
record MeasureRun(Shell shell, CommandOptions options, LoadPlan plan) {

  /**
   * {@return the exit code} That of the first request that failed, if one did.
   *
   * @param target what to request
   * @param version the version of the command
   * @param warmUp makes the client warm
   * @throws CommandException if the request cannot be sent
   * @throws GeneralSecurityException if this JDK has no TLS
   */
  ExitCode run(Target target, String version, WarmUp warmUp)
      throws CommandException, GeneralSecurityException {
    CookieStore cookies = CookieStore.open(options.followUps().cookies(), shell);
    List<MeasuredSide> sides =
        new MeasuredSides(shell, options, plan).open(target, version, cookies.jar());
    try {
      warmUp.finish(target.isSecure(), options.connection().protocol());
      MeasureWarmUp.run(target.isSecure(), options.connection().protocol(), plan);
      return measure(sides, cookies);
    } finally {
      sides.forEach(MeasuredSide::close);
    }
  }

  private ExitCode measure(List<MeasuredSide> sides, CookieStore cookies) {
    LoadPlan all = plan.times(sides.size());
    try (SystemTimer timer = new SystemTimer();
        Interruption interruption = new Interruption()) {
      LoadRun run =
          new LoadRun(
              all,
              timer,
              (number, due) -> sides.get((int) (number % sides.size())).sender().send(due));
      CompletableFuture<Void> stopped = interruption.requested().thenRun(run::stop);
      interruption.listen();
      CompletableFuture<Void> done = run.start();
      MeasureProgress progress = MeasureProgress.of(shell, isProgressSeen(), run, all, sides);
      done.join();
      progress.end();
      long elapsed = run.elapsedNanos();
      MeasureSummary summary =
          new MeasureSummary(
              plan,
              sides.stream().map(MeasuredSide::close).toList(),
              elapsed,
              run.overdue(),
              stopped.isDone());
      return cookies.save(shell, show(summary));
    }
  }

  private boolean isProgressSeen() {
    return shell.stderrIsTerminal() && shell.canOverwrite() && !options.output().curl().silent();
  }

  private ExitCode show(MeasureSummary summary) {
    Slo slo = options.measure().slo();
    shell.stdout().print(text(summary, slo));
    Failure failure = summary.firstFailure();
    List<String> misses = slo == null ? List.of() : summary.misses(slo);
    if (options.output().curl().messages() != Messages.NONE) {
      misses.forEach(miss -> RequestReport.complain(shell, miss));
      if (failure != null) {
        RequestReport.complain(shell, failure.message());
      }
    }
    if (failure != null) {
      return failure.exitCode();
    }
    return misses.isEmpty() ? ExitCode.OK : ExitCode.SLO_MISSED;
  }

  private String text(MeasureSummary summary, @Nullable Slo slo) {
    return switch (options.output().format()) {
      case JSON, JSONL -> MeasureJson.of(summary, slo) + "\n";
      case CSV -> MeasureCsv.of(summary);
      case TEXT -> {
        Screen screen =
            Screen.of(shell.stdoutIsTerminal(), options.output().color(), shell.environment());
        yield MeasureText.of(summary, screen.width(), screen.unicode(), screen.palette());
      }
    };
  }
}
