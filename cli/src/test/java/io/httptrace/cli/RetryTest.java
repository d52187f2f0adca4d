package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@code --retry} against a server; when it is done is in {@code RetryingTest}. */
final class RetryTest {

  @Test
  void aStatusThatPassesIsTriedAgain() {
    AtomicInteger left = new AtomicInteger(2);
    try (Site site =
        Site.of(
            head ->
                left.getAndDecrement() > 0
                    ? Site.response("503 Busy", "busy", "Retry-After: 0")
                    : Site.ok("done"))) {
      Ended ended =
          CommandRun.of(
              "--retry", "3", "--retry-delay", "0.001", "-w", "[%{http_code}]", site.url("/"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(ended.err())
          .isEqualTo(
              """
              httptrace: status 503; trying again in 1.000 ms, 2 attempts are left
              httptrace: status 503; trying again in 1.000 ms, 1 attempt is left
              """);
      assertThat(ended.out().split("GET http://", -1)).hasSize(4);
      assertThat(ended.out()).endsWith("[200]");
      assertThat(site.asked()).hasSize(3);
    }
  }

  @Test
  void theLastAttemptCounts() {
    try (Site site = Site.of(head -> Site.response("500 Oh", "no"))) {
      Ended ended = CommandRun.of("-sf", "--retry", "1", "--retry-delay", "0.001", site.url("/"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.HTTP_STATUS);
      assertThat(ended.err()).isEmpty();
      assertThat(site.asked()).hasSize(2);
    }
  }

  @Test
  void withoutTheOptionThereIsOneAttempt() {
    try (Site site = Site.of(head -> Site.response("503 Busy", "busy"))) {
      assertThat(CommandRun.of(site.url("/")).err()).isEmpty();
      assertThat(site.asked()).hasSize(1);
    }
  }

  @Test
  void aRefusedConnectionIsTriedAgainIfAskedFor() {
    String[] args = {"--retry", "1", "--retry-delay", "0.001", "http://127.0.0.1:1/"};

    assertThat(CommandRun.of(args).err()).doesNotContain("trying again");
    assertThat(CommandRun.of("--retry-connrefused", args[0], args[1], args[2], args[3], args[4]))
        .satisfies(ended -> assertThat(ended.exitCode()).isEqualTo(ExitCode.CONNECT))
        .satisfies(
            ended ->
                assertThat(ended.err())
                    .contains("the connection was refused; trying again in 1.000 ms, 0 attempts"));
  }
}
