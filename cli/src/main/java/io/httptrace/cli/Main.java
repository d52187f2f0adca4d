package io.httptrace.cli;

import io.httptrace.cli.demo.DemoPace;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The command's way in and out: what it is run in, and its exit status. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and ends the process.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    PrintStream stdout = utf8(FileDescriptor.out);
    PrintStream stderr = utf8(FileDescriptor.err);
    Shell shell =
        new Shell(
            System.in,
            stdout,
            stderr,
            isTerminal("httptrace.stdout"),
            isTerminal("httptrace.stderr"),
            System.getenv());
    Requests.allowReservedHeaders();
    ExitCode exitCode = new Command(shell, DemoPace.visible()).run(args);
    stdout.flush();
    stderr.flush();
    System.exit(exitCode.number());
  }

  /** The launcher knows what the JVM cannot tell of each stream alone. */
  private static boolean isTerminal(String property) {
    return "terminal".equals(System.getProperty(property));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
