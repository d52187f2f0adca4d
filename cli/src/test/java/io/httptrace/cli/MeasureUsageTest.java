package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be measured is refused before anything is sent. */
final class MeasureUsageTest {
  private final Site site = Site.of(head -> Site.ok("hello\n"));

  @AfterEach
  void stop() {
    site.close();
  }

  private static Ended run(String line) {
    return CommandRun.of(line.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "-n -5 | -n: '-5' is not a number of requests, from 1 to 1000000000",
        "-n 0 | -n: '0' is not a number of requests, from 1 to 1000000000",
        "-n many | -n: 'many' is not a number of requests, from 1 to 1000000000",
        "-n 5 -c 0 | -c: '0' is not a number of requests at a time, from 1 to 10000",
        "-n 5 -c -3 | -c: '-3' is not a number of requests at a time, from 1 to 10000",
        "-n 5 --concurrency 99999 | --concurrency: '99999' is not a number of requests at a time, from 1 to 10000",
        "-n 5 --rate fast | --rate: 'fast' is not a number of requests per second, such as 50 or 30/m",
        "-n 5 --rate 0.000001/d | --rate: '0.000001/d' is not a number of requests per second, such as 50 or 30/m",
        "-n 5 --rate 0 | --rate: '0' is not a number of requests per second, such as 50 or 30/m",
        "-n 5 --rate 5/y | --rate: '5/y' is not a number of requests per second, such as 50 or 30/m",
        "--duration 0 | --duration: it has to be longer than zero",
        "--duration long | --duration: 'long' is not a number of seconds",
        "--rate 5 | --rate: it needs -n or --duration",
        "--concurrency 5 | --concurrency: it needs -n or --duration",
        "--warm | --warm: it needs -n or --duration",
        "--cold | --cold: it needs -n or --duration",
        "-n 5 --warm --cold | --warm and --cold exclude each other",
        "-n 5 --events | -n and --events exclude each other",
        "-n 5 --follow 3 | -n and --follow exclude each other",
        "-n 5 --cumulative | -n and --cumulative exclude each other",
        "-n 5 -i | -n and -i exclude each other",
        "-n 5 -v | -n and -v exclude each other",
        "-n 5 -w x | -n and -w exclude each other",
        "-n 5 -T - | -n and -T - exclude each other",
        "-n 5 --retry 2 | -n and --retry exclude each other",
        "-n 5 --max-filesize 2 | -n and --max-filesize exclude each other",
        "--each-address --connect-to ::: | --each-address and --connect-to exclude each other",
        "-n 5 b.test | -n: there are 2 URLs; --compare has those to compare with",
        "-n 5 --har f | -n and --har exclude each other",
        "-n 5 --html f | -n and --html exclude each other",
        "--duration 5 -o f | --duration and -o exclude each other",
        "--each-address --each-protocol | --each-address and --each-protocol exclude each other",
        "--compare b.test --each-address | --compare and --each-address exclude each other",
        "--each-address -x 127.0.0.1:1 | --each-address: a proxy looks up the name by itself",
        "--slo total<1 | --slo: 'total<1': it has to be like 'ttfb<200ms', 'total<=1.5s' or 'p99:total<1s'",
      })
  void wrongUsageIsOneLineAndNothingIsSent(String options, String message) {
    Ended ended = run(options + " " + site.url("/"));

    assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).isEqualTo("httptrace: " + message + "\n");
    assertThat(ended.out()).isEmpty();
    assertThat(site.server().accepted()).isZero();
  }

  @Test
  void withoutAUrlThereIsNothingToMeasure() {
    assertThat(run("-n 5").err()).isEqualTo("httptrace: -n: there is no URL\n");
  }

  @Test
  void aUrlToCompareWithThatIsBadHasTheCodeOfABadUrl() {
    Ended ended = run("--compare ftp://b.test/ " + site.url("/"));

    assertThat(ended.exitCode()).isEqualTo(ExitCode.BAD_URL);
    assertThat(site.server().accepted()).isZero();
  }
}
