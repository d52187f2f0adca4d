package io.httptrace.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.conformance.timelines.HookScript;
import io.httptrace.conformance.timelines.SampleTimelines;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The line that says how far a request is; time is that of the last event. */
final class LiveTextTest {
  private static final URI TARGET = URI.create("http://example.test/");

  private final LiveText text = new LiveText();

  /** As it is after each event of a call. */
  private List<String> lines(Consumer<HookScript> story) {
    List<HookScript> script = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    script.add(new HookScript(event -> lines.add(text.of(script.get(0).timeline(), 0))));
    story.accept(script.get(0));
    return lines;
  }

  @Test
  void namesThePhaseThatIsUnderWay() {
    assertThat(lines(SampleTimelines::cold).stream().distinct())
        .containsExactly(
            "0.0 s",
            "0.0 s, looking up the name",
            "0.0 s, connecting",
            "0.1 s",
            "0.1 s, in the TLS handshake",
            "0.1 s, sending",
            "0.1 s, waiting for the server",
            "0.2 s, receiving, 0 bytes",
            "0.2 s");
  }

  @Test
  void saysWhichRoundTripItIsIfThereAreSeveral() {
    assertThat(lines(SampleTimelines::retried)).contains("0.0 s, #2 connecting");
  }

  @Test
  void thereIsNoneBeforeTheFirstEvent() {
    assertThat(text.of(new HookScript().timeline(), 0)).isEmpty();
  }

  private static HookScript receiving(Map<String, List<String>> headers) {
    return new HookScript()
        .at(
            0,
            trace ->
                trace.roundTripStart(
                    RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", TARGET)))
        .at(0, ClientTrace::gotFirstResponseByte)
        .at(0, trace -> trace.gotResponse(GotResponseInfo.of(200, "HTTP/1.1", headers)));
  }

  /** An event that changes nothing, for the time it has. */
  private static HookScript later(HookScript script, int millis) {
    return script.at(millis * 1_000L, trace -> trace.wroteHeaderField("A", List.of("b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Length | 50000000 | 12.3 MB of 50.0 MB",
        "content-length | 12345678 | 12.3 MB of 12.3 MB",
        "Content-Length | 12345677 | 12.3 MB",
        "Content-Length | many | 12.3 MB",
        "Content-Length | 99999999999999999999 | 12.3 MB",
        "Other | 1 | 12.3 MB",
      })
  void saysHowMuchThereIsToComeIfTheResponseDoes(String name, String value, String expected) {
    HookScript script = receiving(Map.of(name, List.of(value)));

    assertThat(text.of(script.timeline(), 12_345_678)).isEqualTo("0.0 s, receiving, " + expected);
  }

  @Test
  void theLengthOfWhatIsDecodedIsNotKnown() {
    HookScript script =
        receiving(Map.of("Content-Length", List.of("9999"), "Content-Encoding", List.of("gzip")));

    assertThat(text.of(script.timeline(), 1_000)).isEqualTo("0.0 s, receiving, 1.0 kB");
  }

  @Test
  void theRateIsThatOfTheLastSecond() {
    HookScript script = receiving(Map.of());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i <= 20; i++) {
      // a megabyte in each tenth of a second, and after a second nothing
      lines.add(text.of(later(script, i * 100).timeline(), 1_000_000L * Math.min(i, 10)));
    }

    assertThat(lines.get(4)).isEqualTo("0.4 s, receiving, 4.0 MB");
    assertThat(lines.get(5)).isEqualTo("0.5 s, receiving, 5.0 MB, 10.0 MB/s");
    assertThat(lines.get(10)).isEqualTo("1.0 s, receiving, 10.0 MB, 10.0 MB/s");
    assertThat(lines.get(15)).isEqualTo("1.5 s, receiving, 10.0 MB, 5.0 MB/s");
    assertThat(lines.get(20)).isEqualTo("2.0 s, receiving, 10.0 MB, 0 bytes/s");
  }
}
