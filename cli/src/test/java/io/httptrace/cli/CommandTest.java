package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import org.junit.jupiter.api.Test;

final class CommandTest {

  @Test
  void helpGoesToStandardOutput() {
    Ended ended = CommandRun.of("--help");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(ended.out()).startsWith("Usage: httptrace [OPTION]... [URL]...\n");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void versionIsShown() {
    assertThat(CommandRun.of("--version"))
        .isEqualTo(new Ended(ExitCode.OK, "httptrace unversioned\n", ""));
  }

  @Test
  void wrongUsageIsOneLineOnStandardError() {
    assertThat(CommandRun.of("--no-such"))
        .isEqualTo(new Ended(ExitCode.USAGE, "", "httptrace: unknown option: '--no-such'\n"));
    assertThat(CommandRun.of("ftp://a.test/"))
        .isEqualTo(
            new Ended(
                ExitCode.BAD_URL,
                "",
                "httptrace: bad URL: the scheme 'ftp' is not supported, only http and https are\n"));
  }

  @Test
  void filesThatCannotBeReadAreNamed() {
    assertThat(CommandRun.of("-d", "@no/such", "http://127.0.0.1:1/"))
        .isEqualTo(
            new Ended(
                ExitCode.READ_ERROR,
                "",
                "httptrace: -d: cannot read 'no/such': no such file or directory\n"));
    assertThat(CommandRun.of("--cacert", "no/such", "https://127.0.0.1:1/"))
        .isEqualTo(
            new Ended(
                ExitCode.CA_CERTIFICATES,
                "",
                "httptrace: --cacert: cannot use 'no/such': no such file or directory\n"));
    assertThat(CommandRun.of("--cacert", "pom.xml", "https://127.0.0.1:1/").err())
        .startsWith("httptrace: --cacert: cannot use 'pom.xml': ");
  }
}
