package io.httptrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void showsMediansAndRatiosAtTheSameNumberOfThreads() {
    Row jdk =
        new Row(
            ClientKind.JDK, 1, List.of(sample(500, 200), sample(9_000, 1_000), sample(1_000, 500)));
    Row apache = new Row(ClientKind.APACHE, 1, List.of(sample(2_000, 1_000), sample(4_000, 2_000)));

    assertThat(new ResultTable(List.of(jdk, apache)).markdown().lines().skip(2))
        .containsExactly(
            "| JDK HttpClient | 1 | 1,000 | 500–9,000 | 0.33 | 1000.0 | 2.67 | 500 | 0.33 |",
            "| Apache HttpClient 5 classic | 1 | 3,000 | 2,000–4,000 | 1.00 | 375.0 | 1.00 | 1,500 | 1.00 |");
  }

  @Test
  void hasNoRatioWithoutApachesFigure() {
    Row jdk = new Row(ClientKind.JDK, 32, List.of(sample(1_000, 500)));

    assertThat(new ResultTable(List.of(jdk)).markdown().lines().skip(2))
        .containsExactly(
            "| JDK HttpClient | 32 | 1,000 | 1,000–1,000 | – | 1000.0 | – | 500 | – |");
  }

  @Test
  void replacesWhatStandsBetweenTheMarks() {
    ResultTable table = new ResultTable(List.of());

    assertThat(table.replacedIn("a\n" + ResultTable.START + "\nold\n" + ResultTable.END + "\nb"))
        .isEqualTo(
            "a\n" + ResultTable.START + "\n\n" + table.markdown() + "\n" + ResultTable.END + "\nb");
  }

  @Test
  void refusesADocumentWithoutMarks() {
    assertThatThrownBy(() -> new ResultTable(List.of()).replacedIn("nothing"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSampleSurvivesItsLine() {
    Sample sample = new Sample(1, 2, 3, 4);

    assertThat(Sample.ofLine(sample.toLine())).isEqualTo(sample);
  }

  @Test
  void theFileHasEverySample() throws IOException {
    StringWriter text = new StringWriter();
    ResultFile.write(
        text,
        Plan.of("--rounds=1"),
        List.of(new Row(ClientKind.JDK, 1, List.of(sample(1_000, 500)))));

    assertThat(text.toString().replaceAll("\\s", ""))
        .contains(
            "\"rows\":[{\"client\":\"jdk\",\"threads\":1,\"requestsPerSecond\":1000,"
                + "\"cpuNanosPerRequest\":1000000,\"bytesPerRequest\":500,\"samples\":[{"
                + "\"requests\":1000,\"nanos\":1000000000,\"cpuNanos\":1000000000,"
                + "\"allocatedBytes\":500000}]}]");
  }

  /** A second in which a processor was busy. */
  private static Sample sample(long requests, long bytesPerRequest) {
    return new Sample(requests, SECOND, SECOND, requests * bytesPerRequest);
  }
}
