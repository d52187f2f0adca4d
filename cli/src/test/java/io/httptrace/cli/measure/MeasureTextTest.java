package io.httptrace.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.gate.Figure;
import io.httptrace.cli.gate.RequestFigures;
import io.httptrace.cli.gate.Slo;
import io.httptrace.cli.measure.MeasureSummary.Side;
import io.httptrace.cli.options.LoadPlan;
import io.httptrace.cli.options.LoadPlan.Connections;
import io.httptrace.timeline.PhaseKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is shown of given durations. */
final class MeasureTextTest {

  private static RequestFigures figures(Object... given) {
    RequestFigures figures = new RequestFigures();
    for (int i = 0; i < given.length; i += 2) {
      figures.set((Figure) given[i], (int) given[i + 1] * 1000L);
    }
    return figures;
  }

  private static RequestFacts facts(boolean cold) {
    RequestFacts facts = new RequestFacts();
    facts.status = 200;
    facts.protocol = "HTTP/1.1";
    facts.waitedForDial = cold;
    facts.opened = cold ? 1 : 0;
    facts.reused = cold ? 0 : 1;
    facts.sent = 100;
    facts.received = 1500;
    facts.content = 1300;
    return facts;
  }

  /** One cold request and some warm ones, which take so many milliseconds. */
  private static Measurement measured(int... warm) {
    Measurement measurement = new Measurement();
    measurement.add(
        figures(
            Figure.DNS,
            1_000,
            Figure.CONNECT,
            20_000,
            Figure.TLS,
            30_000,
            Figure.REQUEST,
            100,
            Figure.WAIT,
            60_000,
            Figure.RESPONSE,
            4_000,
            Figure.TTFB,
            111_100,
            Figure.TOTAL,
            115_100),
        facts(true),
        null,
        null);
    for (int millis : warm) {
      measurement.add(
          figures(
              Figure.REQUEST,
              50,
              Figure.WAIT,
              millis * 1000 - 50,
              Figure.RESPONSE,
              0,
              Figure.TTFB,
              millis * 1000,
              Figure.TOTAL,
              millis * 1000),
          facts(false),
          null,
          null);
    }
    measurement.close();
    return measurement;
  }

  private static MeasureSummary summary(Connections connections, Side... sides) {
    LoadPlan plan = new LoadPlan(8, null, 2, 0, connections);
    return new MeasureSummary(plan, Arrays.asList(sides), 500_000_000, 0, false);
  }

  private static Side side(String name, Measurement measurement) {
    return new Side(name, "GET http://a.test/", measurement);
  }

  private static String text(MeasureSummary summary, int width, boolean unicode) {
    return MeasureText.of(summary, width, unicode, (ink, text) -> text);
  }

  @Test
  void coldAndWarmStandSideBySideAboveTheHistogram() {
    Side side = side("", measured(1, 2, 2, 2, 3, 3, 8));

    assertThat(text(summary(Connections.BOTH, side), 80, true))
        .isEqualTo(
            """
            GET http://a.test/
            8 requests, 2 at a time, in 0.500 s: 16.0 per second
            status 200: 8, HTTP/1.1
            connections: 1 new, used again 7 times
            12.0 kB received, 10.4 kB of it bodies; 800 bytes sent

                         cold: 1 request                warm: 7 requests
            ms           p50    p90    p99    max       p50    p90    p99    max
            dns        1.000  1.000  1.000  1.000
            connect    20.00  20.00  20.00  20.00
            tls        30.00  30.00  30.00  30.00
            request    0.100  0.100  0.100  0.100     0.050  0.050  0.050  0.050
            wait       60.00  60.00  60.00  60.00     1.951  7.950  7.950  7.950
            response   4.000  4.000  4.000  4.000     0.000  0.000  0.000  0.000
            ttfb       111.1  111.1  111.1  111.1     2.001  8.000  8.000  8.000
            total      115.1  115.1  115.1  115.1     2.001  8.000  8.000  8.000

            total of the warm ones: 7 requests
            up to  1.778 ms  ████████████████████▍                                         1
            up to  2.556 ms  █████████████████████████████████████████████████████████████ 3
            up to  3.333 ms  ████████████████████████████████████████▋                     2
            up to  4.111 ms                                                                0
            up to  4.889 ms                                                                0
            up to  5.667 ms                                                                0
            up to  6.444 ms                                                                0
            up to  7.222 ms                                                                0
            up to  8.000 ms  ████████████████████▍                                         1
            """);
  }

  @Test
  void inPlainCharactersAndOnANarrowScreenTheyStandBelowEachOther() {
    Side side = side("", measured(1, 2, 2, 2, 3, 3, 8));

    assertThat(text(summary(Connections.BOTH, side), 40, false))
        .isEqualTo(
            """
            GET http://a.test/
            8 requests, 2 at a time, in 0.500 s:
            16.0 per second
            status 200: 8, HTTP/1.1
            connections: 1 new, used again 7 times
            12.0 kB received, 10.4 kB of it bodies;
            800 bytes sent

                         cold: 1 request
            ms           p50    p90    p99    max
            dns        1.000  1.000  1.000  1.000
            connect    20.00  20.00  20.00  20.00
            tls        30.00  30.00  30.00  30.00
            request    0.100  0.100  0.100  0.100
            wait       60.00  60.00  60.00  60.00
            response   4.000  4.000  4.000  4.000
            ttfb       111.1  111.1  111.1  111.1
            total      115.1  115.1  115.1  115.1

                         warm: 7 requests
            ms           p50    p90    p99    max
            request    0.050  0.050  0.050  0.050
            wait       1.951  7.950  7.950  7.950
            response   0.000  0.000  0.000  0.000
            ttfb       2.001  8.000  8.000  8.000
            total      2.001  8.000  8.000  8.000

            total of the warm ones: 7 requests
            up to  1.778 ms  #######               1
            up to  2.556 ms  ##################### 3
            up to  3.333 ms  ##############        2
            up to  4.111 ms                        0
            up to  4.889 ms                        0
            up to  5.667 ms                        0
            up to  6.444 ms                        0
            up to  7.222 ms                        0
            up to  8.000 ms  #######               1
            """);
  }

  @Test
  void sidesAreComparedWithTheFirst() {
    Side one = side("A", measured(2, 2, 2));
    Side other = side("B", measured(3, 3, 4));

    assertThat(text(summary(Connections.BOTH, one, other), 80, true))
        .isEqualTo(
            """
            A: GET http://a.test/
            status 200: 4, HTTP/1.1
            connections: 1 new, used again 3 times
            6.0 kB received, 5.2 kB of it bodies; 400 bytes sent
            B: GET http://a.test/
            status 200: 4, HTTP/1.1
            connections: 1 new, used again 3 times
            6.0 kB received, 5.2 kB of it bodies; 400 bytes sent
            8 requests, 2 at a time, in 0.500 s: 16.0 per second

            cold: p50 of A 1, B 1 requests
                         A         B
            ms           p50       p50  ratio
            dns        1.000     1.000   1.00
            connect    20.00     20.00   1.00
            tls        30.00     30.00   1.00
            request    0.100     0.100   1.00
            wait       60.00     60.00   1.00
            response   4.000     4.000   1.00
            ttfb       111.1     111.1   1.00
            total      115.1     115.1   1.00

            warm: p50 of A 3, B 3 requests
                         A         B
            ms           p50       p50  ratio
            request    0.050     0.050   1.00
            wait       1.950     2.951   1.51
            response   0.000     0.000
            ttfb       2.000     3.000   1.50
            total      2.000     3.000   1.50
            """);
  }

  @Test
  void errorsARateAndAnInterruptionAreSaid() {
    Measurement measurement = new Measurement();
    Failure failure = new Failure(ExitCode.CONNECT, PhaseKind.CONNECT, "connect failed: refused");
    for (int i = 0; i < 3; i++) {
      measurement.add(figures(), new RequestFacts(), failure, new IOException("refused"));
    }
    measurement.add(figures(Figure.TOTAL, 5_000), facts(false), null, null);
    LoadPlan plan = new LoadPlan(100, null, 7, 25, Connections.WARM);
    MeasureSummary summary =
        new MeasureSummary(plan, List.of(side("", measurement)), 2_000_000_000, 46, true);

    assertThat(text(summary, 80, false))
        .isEqualTo(
            """
            GET http://a.test/
            interrupted after 4 requests of 100, up to 7 at a time, in 2.000 s: 2.0 per
            second of 25 asked for; times count from when a request was due (no coordinated
            omission); 46 were due and not begun
            status 200: 1, HTTP/1.1
            connections: 0 new, used again 1 time
            1.5 kB received, 1.3 kB of it bodies; 100 bytes sent
            3 of 4 requests failed
            3 x connect failed: refused

                         warm: 1 request
            ms           p50    p90    p99    max
            total      5.000  5.000  5.000  5.000

            total of the warm ones: 1 request
            up to  5.000 ms  ############################################################# 1
            """);
  }

  @Test
  void theJsonHasTheSameFigures() throws Exception {
    MeasureSummary summary = summary(Connections.WARM, side("", measured(2, 4)));

    assertThat(MeasureJson.of(summary, Slo.parse(List.of("total<4ms,p50:ttfb<=3ms"))))
        .startsWith(
            "{\"schema\":\"httptrace-measure/1\",\"interrupted\":false,\"concurrency\":2,"
                + "\"ratePerSecond\":null,\"elapsedNanos\":500000000,\"requests\":3,"
                + "\"requestsPerSecond\":6.0,\"overdue\":0,\"sides\":[{\"name\":null,"
                + "\"request\":\"GET http://a.test/\",\"requests\":3,\"failed\":0,"
                + "\"statuses\":{\"200\":3},\"protocols\":[\"HTTP/1.1\"],"
                + "\"connections\":{\"opened\":1,\"reused\":2,\"tlsResumed\":0},"
                + "\"bytes\":{\"sent\":300,\"received\":4500,\"content\":3900},\"errors\":[],"
                + "\"cold\":{\"requests\":1,\"figures\":{\"dns\":{\"requests\":1,"
                + "\"minNanos\":1000000,\"meanNanos\":1000000,\"p50Nanos\":1000000,"
                + "\"p90Nanos\":1000000,\"p99Nanos\":1000000,\"maxNanos\":1000000},")
        .contains(
            "\"counted\":{\"requests\":2,\"figures\":{\"request\":{",
            "\"total\":{\"requests\":2,\"minNanos\":2000000,\"meanNanos\":3000000,")
        .endsWith(
            "\"slo\":{\"met\":false,\"rules\":[{\"rule\":\"total<4ms\",\"figure\":\"total\","
                + "\"statistic\":\"max\",\"limitNanos\":4000000,\"actualNanos\":4000000,"
                + "\"met\":false},{\"rule\":\"p50:ttfb<=3ms\",\"figure\":\"ttfb\","
                + "\"statistic\":\"p50\",\"limitNanos\":3000000,\"actualNanos\":2000895,"
                + "\"met\":true}]}}]}");
  }
}
