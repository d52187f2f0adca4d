package io.httptrace.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SloTest {

  private static Slo slo(String... arguments) throws CommandException {
    return Slo.parse(List.of(arguments));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ttfb<200ms | max | TTFB | false | 200000000",
        "total<=1s | max | TOTAL | true | 1000000000",
        "tls<1.5us | max | TLS | false | 1500",
        "max:dns<0.0000001s | max | DNS | false | 100",
        "p50:connect<2ms | p50 | CONNECT | false | 2000000",
        "p99.9:wait<=0ms | p99.9 | WAIT | true | 0",
        "mean:response<3ms | mean | RESPONSE | false | 3000000",
        "' p90 : request < 1 ms ' | p90 | REQUEST | false | 1000000",
        "queue<1ms | max | QUEUE | false | 1000000",
        "proxy<1ms | max | PROXY | false | 1000000",
        "proxy-tls<1ms | max | PROXY_TLS | false | 1000000",
        "late<1ms | max | LATE | false | 1000000",
      })
  void aRuleNamesAFigureAndALimit(
      String text, String statistic, Figure figure, boolean orEqual, long nanos) throws Exception {
    assertThat(slo(text).rules())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.statistic().name()).isEqualTo(statistic);
              assertThat(rule.figure()).isEqualTo(figure);
              assertThat(rule.orEqual()).isEqualTo(orEqual);
              assertThat(rule.limitNanos()).isEqualTo(nanos);
            });
  }

  @Test
  void rulesAreSeparatedByCommasOrGivenOneByOne() throws Exception {
    assertThat(slo("ttfb<200ms, total<500ms", "p99:total<1s").rules())
        .extracting(SloRule::toString)
        .containsExactly("ttfb<200ms", "total<500ms", "p99:total<1s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ttfb<200 | 'ttfb<200': it has to be like 'ttfb<200ms', 'total<=1.5s' or 'p99:total<1s'",
        "ttfb>1ms | 'ttfb>1ms': it has to be like 'ttfb<200ms', 'total<=1.5s' or 'p99:total<1s'",
        "ttfb<-1ms | 'ttfb<-1ms': it has to be like 'ttfb<200ms', 'total<=1.5s' or 'p99:total<1s'",
        "total<1m | 'total<1m': it has to be like 'ttfb<200ms', 'total<=1.5s' or 'p99:total<1s'",
        "total<1ms, | '': it has to be like 'ttfb<200ms', 'total<=1.5s' or 'p99:total<1s'",
        "p101:total<1ms | 'p101:total<1ms': 'p101' is not max, mean or a percentile such as p99",
        "min:total<1ms | 'min:total<1ms': 'min' is not max, mean or a percentile such as p99",
        "total<9999999999s | 'total<9999999999s': the time is too long",
        "think<1ms | 'think<1ms': there is no phase 'think', only late, queue, dns, connect, proxy-tls, proxy, tls, request, wait, response, ttfb, total",
      })
  void whatIsNoRuleIsWrongUsage(String text, String message) {
    CommandException error = catchThrowableOfType(CommandException.class, () -> slo(text));

    assertThat(error).hasMessage("--slo: " + message);
    assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void theLimitItselfIsMetOnlyWithAnEqualsSign() throws Exception {
    RequestFigures figures = new RequestFigures();
    figures.set(Figure.TOTAL, 1_000_000);

    SloResult result = slo("total<1ms,total<=1ms,total<1.001ms,total<999us").check(figures::spread);

    assertThat(result.rules())
        .extracting(SloResult.Checked::met)
        .containsExactly(false, true, true, false);
    assertThat(result.met()).isFalse();
    assertThat(result.misses())
        .containsExactly(
            "--slo: total<1ms is missed: 1.000 ms, 0.000 ms too long",
            "--slo: total<999us is missed: 1.000 ms, 0.001 ms too long");
  }

  @Test
  void aPhaseThatDidNotHappenMeetsEveryLimit() throws Exception {
    SloResult result = slo("tls<1us,p99:dns<=0ms").check(new RequestFigures()::spread);

    assertThat(result.met()).isTrue();
    assertThat(result.misses()).isEmpty();
    assertThat(result.members())
        .hasToString(
            "{met=true, rules=[{rule=tls<1us, figure=tls, statistic=max, limitNanos=1000,"
                + " actualNanos=null, met=true}, {rule=p99:dns<=0ms, figure=dns, statistic=p99,"
                + " limitNanos=0, actualNanos=null, met=true}]}");
  }

  @Test
  void ofOneRequestEveryStatisticIsTheSame() throws Exception {
    RequestFigures figures = new RequestFigures();
    figures.set(Figure.WAIT, 7_000_000);

    assertThat(
            slo("p1:wait<7ms,p99:wait<7ms,mean:wait<7ms,wait<7ms").check(figures::spread).misses())
        .hasSize(4)
        .allMatch(miss -> miss.endsWith(" is missed: 7.000 ms, 0.000 ms too long"));
  }
}
