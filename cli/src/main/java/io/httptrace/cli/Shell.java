package io.httptrace.cli;

import io.httptrace.cli.text.Printer;
import io.httptrace.render.text.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The environment in which the command runs.
 *
 * @param stdin standard input
 * @param stdout standard output
 * @param stderr standard error
 * @param stdoutIsTerminal whether a person reads standard output
 * @param stderrIsTerminal whether a person reads standard error
 * @param environment the environment variables
 */
record Shell(
    InputStream stdin,
    Printer stdout,
    Printer stderr,
    boolean stdoutIsTerminal,
    boolean stderrIsTerminal,
    Map<String, String> environment) {

  /** {@return a future that completes when one of the outputs cannot be written any more} */
  CompletableFuture<Object> outputFailed() {
    return CompletableFuture.anyOf(stdout.failed(), stderr.failed());
  }

  /** {@return whether what is on a terminal can be written over} */
  boolean canOverwrite() {
    return !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /** {@return which output could not be written, and why; null if all were written} */
  @Nullable String unwritten() {
    IOException error = stdout.failure();
    if (error != null) {
      return "cannot write to standard output: " + Reasons.of(error);
    }
    error = stderr.failure();
    return error == null ? null : "cannot write to standard error: " + Reasons.of(error);
  }
}
