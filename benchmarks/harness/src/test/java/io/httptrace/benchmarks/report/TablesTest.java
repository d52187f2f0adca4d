package io.httptrace.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {

  private static Sample sample(int round, String client, String kind, double cpu, double bytes) {
    return Sample.of(
        round,
        "sync1pin",
        client,
        kind,
        Map.of(
            "status",
            "ok",
            "cpu_us",
            Double.toString(cpu),
            "rps",
            "1000",
            "alloc_b",
            Double.toString(bytes),
            "requests",
            "2000",
            "server_reqs",
            "2000",
            "new_conns",
            "0"));
  }

  private static Results results() {
    return new Results(
        "jdk17",
        List.of(
            sample(1, "apache", "peer", 12, 9000),
            sample(2, "apache", "peer", 10, 9000),
            sample(1, "httptrace", "ours", 9, 3900),
            sample(2, "httptrace", "ours", 11, 3900),
            sample(1, "httptrace-recorder", "ours", 9.9, 4700),
            sample(2, "httptrace-recorder", "ours", 11, 4700)));
  }

  @Test
  void ratiosAreTakenRoundByRound() {
    assertThat(Tables.of(results()).lines())
        .contains(
            "| 1 thread, client and server on one core | `sync1pin` | CPU | apache | 0.93 |"
                + " 0.75–1.10 | ≤ 0.90 | **no** |",
            "| bytes of an untraced GET | `sync1pin` | bytes | – | 3,900 | – | ≤ 4,000 | yes |",
            "| bytes of a recorder | `sync1pin` | bytes | httptrace | 800 | – | ≤ 1,000 | yes |",
            "| httptrace-recorder | `sync1pin` | 1.05 | 1.00–1.10 | 0.45 | 800 |");
  }

  @Test
  void figuresHaveTheirSpreadAndTheBestPeerStandsOut() {
    assertThat(Tables.of(results()).lines())
        .contains(
            "| CPU µs of the client for a request | sync1pin |",
            "| httptrace | 10.0 ±10 % |",
            "| apache | **11.0** ±9 % |");
  }

  @Test
  void whatDoesNotFitTheServersCountsIsSaid() {
    Sample doubtful =
        Sample.of(
            1,
            "sync1",
            "jdk",
            "peer",
            Map.of("status", "ok", "requests", "1000", "server_reqs", "1000", "new_conns", "500"));
    Sample failed = Sample.of(1, "sync1", "okhttp", "peer", Map.of("status", "error"));
    assertThat(new Results("jdk17", List.of(doubtful, failed)).doubts())
        .containsExactly(
            "sync1, jdk, round 1: 500 new connections", "sync1, okhttp, round 1: error_");
  }

  @Test
  void aSampleSurvivesItsFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("samples.csv");
    List<Sample> samples = results().samples();
    StringBuilder text = new StringBuilder(Sample.HEADER + "\n");
    samples.forEach(sample -> text.append(sample.line()).append('\n'));
    Files.writeString(file, text);
    assertThat(Sample.readFrom(file)).isEqualTo(samples);
  }

  @Test
  void aDocumentNeedsAPlaceForTables() {
    assertThat(Report.replacedIn("a\n" + Report.START + "\nold\n" + Report.END + "\nb", "new\n"))
        .isEqualTo("a\n" + Report.START + "\n\nnew\n" + Report.END + "\nb");
    assertThatThrownBy(() -> Report.replacedIn("nothing", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the document has no place for results");
  }

  @Test
  void theChartHasABarForEachClientInOrder() {
    String chart = Chart.of(results());
    assertThat(chart).startsWith("<svg ").endsWith("</svg>\n");
    assertThat(chart.indexOf(">httptrace<")).isLessThan(chart.indexOf(">apache<"));
    assertThat(chart.split("<rect ", -1)).hasSize(1 + 1 + 3);
  }
}
