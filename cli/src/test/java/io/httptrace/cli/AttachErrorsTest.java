package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.failure.ExitCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code httptrace attach} refuses, and what is refused to it: one line each. */
@Tag("attach")
final class AttachErrorsTest {
  private static final String APPLICATION = WatchedApplication.class.getName();

  private static void assertRefused(CommandRun.Ended ended, String message) {
    assertThat(ended.err()).isEqualTo("httptrace: " + message + "\n");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void aProcessThatIsNotThere() throws Exception {
    String ended;
    try (OtherProcess process = OtherProcess.program("true")) {
      process.exitCode();
      ended = process.pid();
    }

    assertRefused(CommandRun.of("attach", ended), "there is no process " + ended);
  }

  /** The signal that makes a JVM listen would end it. */
  @Test
  void aProcessThatIsNoJvmIsLeftAlone() throws Exception {
    try (OtherProcess process = OtherProcess.program("cat")) {
      assertRefused(
          CommandRun.of("attach", process.pid()), "process " + process.pid() + " is not a JVM");

      assertThat(process.ask("still here")).isEqualTo("still here");
    }
  }

  @Test
  void itself() {
    String own = String.valueOf(ProcessHandle.current().pid());

    assertRefused(CommandRun.of("attach", own), "process " + own + " is this command itself");
  }

  @Test
  void severalJvmsOfTheSameName() throws Exception {
    try (OtherProcess one = OtherProcess.java(APPLICATION, "a");
        OtherProcess two = OtherProcess.java(APPLICATION, "b")) {
      one.ask("threads");
      two.ask("threads");

      CommandRun.Ended ended = CommandRun.of("attach", "WatchedApplication");
      assertThat(ended.err())
          .startsWith("httptrace: several JVMs run WatchedApplication, name one by its process: ")
          .contains(one.pid() + " (" + APPLICATION + ")", two.pid() + " (" + APPLICATION + ")");
      assertThat(ended.err().lines()).hasSize(1);
      assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
    }
  }

  @Test
  void aNameThatNoJvmHas() throws Exception {
    try (OtherProcess application = OtherProcess.java(APPLICATION)) {
      application.ask("threads");

      CommandRun.Ended ended = CommandRun.of("attach", "no.SuchMain");
      assertThat(ended.err())
          .startsWith("httptrace: no JVM runs no.SuchMain; there are ")
          .contains(application.pid() + " (" + APPLICATION + ")");
      assertThat(ended.err().lines()).hasSize(1);
      assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-XX:+DisableAttachMechanism     | cannot be attached to: ",
        "-XX:-EnableDynamicAgentLoading  | does not take the agent: ",
        "-Xrs                            | does not let itself be attached to: it runs with -Xrs",
      })
  void aJvmThatRefuses(String flag, String message) throws Exception {
    try (OtherProcess application = OtherProcess.java(flag, APPLICATION)) {
      application.ask("threads");

      CommandRun.Ended ended = CommandRun.of("attach", application.pid());
      assertThat(ended.err()).startsWith("httptrace: process " + application.pid() + " " + message);
      assertThat(ended.err().lines()).hasSize(1);
      assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(application.ask("threads")).isEqualTo("[]");
    }
  }

  @Test
  void noNameTooManyAndNoSuchOption() {
    assertRefused(CommandRun.of("attach"), "attach: name a process by its number, or a main class");
    assertRefused(
        CommandRun.of("attach", "1", "2"), "attach: only one JVM can be watched, there are 2");
    assertRefused(CommandRun.of("attach", "--no-such", "1"), "unknown option: '--no-such'");
    assertRefused(
        CommandRun.of("attach", "--format", "csv", "1"),
        "attach: --format: 'csv' is not text or jsonl");
  }

  @Test
  void helpSaysWhatItTakes() {
    CommandRun.Ended ended = CommandRun.of("attach", "-h");

    assertThat(ended.out())
        .startsWith("Usage: httptrace attach [OPTION]... PID|MAIN-CLASS\n")
        .contains("--format", "--show-secrets", "--color");
    assertThat(ended.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(81));
    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
  }
}
