package io.httptrace.cli.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.RetryOptions;
import io.httptrace.cli.request.Retrying.Attempt;
import io.httptrace.conformance.timelines.HookScript;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryingTest {
  private static final Instant START = Instant.parse("2030-01-02T03:04:05Z");
  private static final RetryOptions OFTEN = new RetryOptions(20, null, null, false, false);

  @Test
  void pausesDoubleUpToTenMinutes() {
    Retrying retrying = new Retrying(OFTEN, START);
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Attempt attempt =
          Objects.requireNonNull(retrying.after(ExitCode.TIMEOUT, answer(200), START));
      seconds.add(attempt.pause().toSeconds());
    }

    assertThat(seconds)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 600L, 600L);
  }

  @Test
  void aGivenPauseStays() {
    Retrying retrying =
        new Retrying(new RetryOptions(2, Duration.ofSeconds(7), null, false, false), START);

    assertThat(retrying.after(ExitCode.TIMEOUT, answer(200), START))
        .isEqualTo(new Attempt(Duration.ofSeconds(7), "a time limit ran out", 1));
    assertThat(retrying.after(ExitCode.DNS, answer(200), START))
        .isEqualTo(new Attempt(Duration.ofSeconds(7), "the name was not found", 0));
    assertThat(retrying.after(ExitCode.TIMEOUT, answer(200), START)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void statusesThatPassAreTriedAgain(int status) {
    assertThat(once(OFTEN, ExitCode.OK, answer(status)))
        .isEqualTo(new Attempt(Duration.ofSeconds(1), "status " + status, 19));
    assertThat(once(OFTEN, ExitCode.HTTP_STATUS, answer(status))).isNotNull();
    assertThat(once(OFTEN, ExitCode.RESPONSE, answer(status))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 400, 401, 404, 501, 505})
  void otherStatusesStay(int status) {
    assertThat(once(OFTEN, ExitCode.OK, answer(status))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9                             | 9",
        "' 9 '                         | 9",
        "Wed, 02 Jan 2030 03:05:05 GMT | 60",
        "Wed, 02 Jan 2030 03:04:05 GMT | 1",
        "Tue, 01 Jan 2030 03:04:05 GMT | 1",
        "Fri, 31 Dec 9999 23:59:59 GMT | 999999999",
        "0                             | 1",
        "soon                          | 1",
        "-1                            | 1",
      })
  void theServerCanSayWhen(String value, int seconds) {
    Attempt attempt =
        Objects.requireNonNull(once(OFTEN, ExitCode.OK, answer(503, "Retry-After", value)));

    assertThat(attempt.pause()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void thereIsATimeLimit() {
    RetryOptions limited = new RetryOptions(9, null, Duration.ofSeconds(10), false, false);
    Retrying retrying = new Retrying(limited, START);

    assertThat(retrying.after(ExitCode.TIMEOUT, answer(200), START.plusSeconds(9))).isNotNull();
    assertThat(retrying.after(ExitCode.TIMEOUT, answer(200), START.plusSeconds(10))).isNull();
    assertThat(once(limited, ExitCode.OK, answer(503, "retry-after", "10"))).isNotNull();
    assertThat(once(limited, ExitCode.OK, answer(503, "retry-after", "11"))).isNull();
  }

  @Test
  void refusedConnectionsAndOtherFailuresAreTriedAgainIfAskedFor() {
    RunRequest.Result refused =
        new RunRequest.Result(
            new HookScript().timeline(), new IOException(new ConnectException("refused")));
    RunRequest.Result broken =
        new RunRequest.Result(new HookScript().timeline(), new IOException("no route"));
    RetryOptions ifRefused = new RetryOptions(1, null, null, false, true);
    RetryOptions always = new RetryOptions(1, null, null, true, false);

    assertThat(once(OFTEN, ExitCode.CONNECT, refused)).isNull();
    assertThat(once(ifRefused, ExitCode.CONNECT, refused)).isNotNull();
    assertThat(once(ifRefused, ExitCode.CONNECT, broken)).isNull();
    assertThat(once(always, ExitCode.CONNECT, broken)).isNotNull();
    assertThat(once(always, ExitCode.OK, answer(404))).isNull();
    assertThat(once(always, ExitCode.HTTP_STATUS, answer(404))).isNotNull();
  }

  private static @Nullable Attempt once(
      RetryOptions options, ExitCode exitCode, RunRequest.Result result) {
    return new Retrying(options, START).after(exitCode, result, START);
  }

  private static RunRequest.Result answer(int status, String... field) {
    Map<String, List<String>> fields =
        field.length == 0 ? Map.of() : Map.of(field[0], List.of(field[1]));
    HookScript script = new HookScript();
    script.roundTrip(1);
    script.at(
        0,
        trace ->
            trace.roundTripStart(
                RoundTripStartInfo.of(
                    1, RoundTripReason.FIRST, "GET", URI.create("http://a.test/"))));
    script.at(1, trace -> trace.gotResponse(GotResponseInfo.of(status, "HTTP/1.1", fields)));
    return new RunRequest.Result(script.timeline(), null);
  }
}
