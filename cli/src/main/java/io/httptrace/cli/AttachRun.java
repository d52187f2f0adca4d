package io.httptrace.cli;

import io.httptrace.cli.attach.AgentMessage;
import io.httptrace.cli.attach.AgentSettings;
import io.httptrace.cli.attach.AttachedJvm;
import io.httptrace.cli.attach.Jvm;
import io.httptrace.cli.attach.RunningJvms;
import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.AttachOptions;
import io.httptrace.cli.options.AttachSyntax;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code httptrace attach}: shows the requests of another JVM until the user ends it, or that JVM
 * does.
 *
 * @param shell where to print
 */
record AttachRun(Shell shell) {
  /** How long the JVM may take to become as it was, before the command goes all the same. */
  private static final int DETACH_SECONDS = 60;

  /**
   * {@return the exit code}
   *
   * @param words the words after {@code attach}
   * @throws CommandException if the JVM cannot be attached to
   */
  ExitCode run(String... words) throws CommandException {
    AttachSyntax.Parsed parsed = AttachSyntax.parse(words);
    AttachOptions options = parsed.options();
    if (options == null) {
      shell.stdout().print(String.valueOf(parsed.text()));
      return ExitCode.OK;
    }
    Jvm jvm = jvms().find(options.target());
    AgentSettings settings = new AgentSettings(options.json(), options.showSecrets());
    try (AttachedJvm attached = AttachedJvm.attach(jvm, settings)) {
      return show(jvm, attached, options);
    }
  }

  private static RunningJvms jvms() throws CommandException {
    try {
      return RunningJvms.ofThisMachine();
    } catch (NoClassDefFoundError missing) {
      throw CommandException.usage("attach: this Java has no module jdk.attach; use that of a JDK");
    }
  }

  private ExitCode show(Jvm jvm, AttachedJvm attached, AttachOptions options)
      throws CommandException {
    CountDownLatch shown = new CountDownLatch(1);
    Thread atExit =
        new Thread(
            () -> {
              attached.detach();
              await(shown);
            },
            "httptrace-detach");
    Runtime.getRuntime().addShutdownHook(atExit);
    shell.outputFailed().thenRun(attached::detach);
    try {
      AttachReport report = new AttachReport(shell, options, jvm);
      AgentMessage message = attached.next();
      while (report.show(message, attached.javaVersion())) {
        message = attached.next();
      }
      return ExitCode.OK;
    } finally {
      shown.countDown();
      forget(atExit);
    }
  }

  private static void await(CountDownLatch shown) {
    try {
      shown.await(DETACH_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread atExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      // It is running.
    }
  }
}
