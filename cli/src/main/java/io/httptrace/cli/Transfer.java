package io.httptrace.cli;

import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.CommandOptions;
import io.httptrace.cli.options.CurlOutput.Messages;
import io.httptrace.cli.options.RetryOptions;
import io.httptrace.cli.request.BodyOutput;
import io.httptrace.cli.request.Retrying;
import io.httptrace.cli.request.RunRequest;
import io.httptrace.cli.request.Watcher;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.render.text.Quantities;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What becomes of one URL of the command line: a request, and others after it with {@code --retry}.
 * Nothing follows when the process has been told to end.
 *
 * @param runs shows the requests, and says that the process is to end
 * @param client sends them
 * @param options what to show, and how often
 * @param number the number of the URL, from 0
 */
record Transfer(FollowRun runs, TracingHttpClient client, CommandOptions options, int number) {

  /**
   * {@return the exit code of the last request}
   *
   * @param request the request
   */
  ExitCode run(HttpRequest request) {
    InstantSource clock = InstantSource.system();
    Shell shell = shell();
    RequestReport report = runs.report();
    RetryOptions retry = options.followUps().retry();
    Retrying retrying = new Retrying(retry, clock.instant());
    while (true) {
      BodyOutput body = BodyOutput.of(options.output(), shell.stdout(), shell.stdoutIsTerminal());
      Watcher watcher = Live.watcher(shell, options.output(), body);
      RunRequest run =
          new RunRequest(client, request, body, options.connection().maxTime(), stopped());
      RunRequest.Result result = runs.interruption().explain(run.run(report.listener(), watcher));
      ExitCode exitCode = runs.show(result, body);
      Retrying.Attempt next = retrying.after(exitCode, result, clock.instant());
      if (next == null || !isWaitedFor(next)) {
        report.writeOut(result, body, options, number);
        return exitCode;
      }
      report.gap();
    }
  }

  private Shell shell() {
    return runs.report().shell();
  }

  private CompletableFuture<?> stopped() {
    return CompletableFuture.anyOf(shell().outputFailed(), runs.interruption().requested());
  }

  /** {@return whether the time of the next attempt has come} There is none without an output. */
  private boolean isWaitedFor(Retrying.Attempt next) {
    if (options.output().curl().messages() == Messages.ALL) {
      RequestReport.complain(
          shell(),
          next.reason()
              + "; trying again in "
              + Quantities.time(next.pause())
              + ", "
              + next.left()
              + (next.left() == 1 ? " attempt is left" : " attempts are left"));
    }
    try {
      stopped().get(next.pause().toNanos(), TimeUnit.NANOSECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
