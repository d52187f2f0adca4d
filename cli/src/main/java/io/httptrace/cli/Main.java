package io.httptrace.cli;

import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.request.Requests;
import io.httptrace.cli.text.Printer;
import io.httptrace.render.text.Reasons;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** Starts the command, and ends the process with its exit status. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and ends the process.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    System.exit(run(args).number());
  }

  private static ExitCode run(String... args) {
    Printer stderr = new Printer(new FileOutputStream(FileDescriptor.err));
    CommandLine line;
    try {
      line = CommandLine.of(args);
    } catch (IOException e) {
      stderr.println("httptrace: cannot read the launcher's file of arguments: " + Reasons.of(e));
      return ExitCode.INTERNAL;
    }
    Shell shell =
        new Shell(
            System.in,
            new Printer(new FileOutputStream(FileDescriptor.out)),
            stderr,
            isTerminal("httptrace.stdout"),
            isTerminal("httptrace.stderr"),
            line.environment());
    Requests.allowReservedHeaders();
    if (Boolean.getBoolean("httptrace.rehearsal")) {
      WarmUp.rehearse(shell);
      new Command(shell, DemoPace.hurried()).run("-q", "--format", "json");
      return new Command(shell, DemoPace.hurried()).run("-q", "-L");
    }
    return new Command(shell, DemoPace.visible()).run(line.arguments().toArray(String[]::new));
  }

  /** Only the launcher can test each stream by itself; the JVM cannot. */
  private static boolean isTerminal(String property) {
    return "terminal".equals(System.getProperty(property));
  }
}
