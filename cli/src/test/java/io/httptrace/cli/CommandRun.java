package io.httptrace.cli;

import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.text.Printer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Runs the command with its output caught. */
public final class CommandRun {
  private CommandRun() {}

  /** How it went. */
  public record Ended(ExitCode exitCode, String out, String err) {}

  /** Runs it in a pipe that is 80 columns wide. */
  public static Ended of(String... args) {
    return with(Map.of(), "", args);
  }

  /** Runs it so with environment variables and something on standard input. */
  public static Ended with(Map<String, String> variables, String stdin, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("COLUMNS", "80");
    Shell shell =
        new Shell(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            new Printer(out),
            new Printer(err),
            false,
            false,
            environment);
    ExitCode exitCode = new Command(shell, DemoPace.hurried()).run(args);
    return new Ended(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
