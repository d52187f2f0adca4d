package io.httptrace.cli;

import io.httptrace.cli.demo.DemoPace;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs the command with its output caught. */
final class CommandRun {
  private CommandRun() {}

  /** How it went. */
  record Ended(ExitCode exitCode, String out, String err) {}

  /** Runs it in a pipe that is 80 columns wide. */
  static Ended of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            Map.of("COLUMNS", "80"));
    ExitCode exitCode = new Command(shell, DemoPace.hurried()).run(args);
    return new Ended(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
