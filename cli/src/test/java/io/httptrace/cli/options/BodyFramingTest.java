package io.httptrace.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun;
import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.Site;
import io.httptrace.cli.failure.ExitCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -H} with a field that says how the body goes: it is heeded, or the command refuses. */
final class BodyFramingTest {
  private final Site site = Site.of(head -> Site.ok(""));

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked",
        "transfer-encoding:  Chunked ",
      })
  void theBodyGoesInChunksIfThatIsAskedFor(String line) {
    assertThat(run("-d", "a=1", "-d", "b=2", "-H", line).exitCode()).isEqualTo(ExitCode.OK);

    assertThat(site.sent("Transfer-Encoding")).containsExactly(List.of("chunked"));
    assertThat(site.sent("Content-Length")).containsExactly(List.of());
    assertThat(site.bodies()).containsExactly("a=1&b=2");
  }

  @Test
  void anEmptyBodyGoesInChunksToo() {
    assertThat(run("-d", "", "-H", "Transfer-Encoding: chunked").exitCode()).isEqualTo(ExitCode.OK);

    assertThat(site.sent("Transfer-Encoding")).containsExactly(List.of("chunked"));
    assertThat(site.bodies()).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding:",
        "Content-Length: 3",
        "Expect:",
      })
  void otherwiseItGoesWithItsLength(String line) {
    assertThat(run("-d", "a=1", "-H", line).exitCode()).isEqualTo(ExitCode.OK);

    assertThat(site.sent("Transfer-Encoding")).containsExactly(List.of());
    assertThat(site.sent("Content-Length")).containsExactly(List.of("3"));
    assertThat(site.sent("Expect")).containsExactly(List.of());
    assertThat(site.bodies()).containsExactly("a=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding:",
        "Content-Length:",
        "Content-Length: 0",
      })
  void whatIsTrueWithoutABodyIsNoError(String line) {
    assertThat(run("-H", line).exitCode()).isEqualTo(ExitCode.OK);

    assertThat(site.sent("Transfer-Encoding")).containsExactly(List.of());
    assertThat(site.bodies()).containsExactly("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Transfer-Encoding: gzip         | x | -H: 'Transfer-Encoding' can only be 'chunked'",
        "transfer-encoding: gzip,chunked | x | -H: 'transfer-encoding' can only be 'chunked'",
        "Transfer-Encoding;              | x | -H: 'Transfer-Encoding' can only be 'chunked'",
        "Transfer-Encoding: chunked      |   | -H: 'Transfer-Encoding: chunked' needs a body, and"
            + " there is none",
        "Content-Length: 5               | x | -H: 'Content-Length' cannot be set to another length"
            + " than that of the body",
        "Content-Length: 1               |   | -H: 'Content-Length' cannot be set to another length"
            + " than that of the body",
        "Content-Length:                 | x | -H: 'Content-Length' cannot be left out",
        "Content-Length;                 | x | -H: 'Content-Length' cannot be set to another length"
            + " than that of the body",
        "Expect: 200-maybe               | x | -H: 'Expect' can only be '100-continue'",
        "Host:                           |   | -H: 'Host' cannot be left out",
      })
  void whatCannotBeDoneIsRefusedBeforeAnythingIsSent(
      String line, @Nullable String data, String message) {
    Ended ended = data == null ? run("-H", line) : run("-H", line, "-d", data);

    assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).isEqualTo("httptrace: " + message + "\n");
    assertThat(ended.out()).isEmpty();
    assertThat(site.asked()).isEmpty();
  }

  private Ended run(String... args) {
    List<String> all = new ArrayList<>();
    Collections.addAll(all, args);
    all.add(site.url("/"));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
