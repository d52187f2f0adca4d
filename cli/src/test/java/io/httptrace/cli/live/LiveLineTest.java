package io.httptrace.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.text.Printer;
import io.httptrace.conformance.timelines.HookScript;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.timeline.Timeline;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class LiveLineTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final ManualTicker ticker = new ManualTicker();

  private LiveLine line(int width) {
    return new LiveLine(new Printer(screen), width, () -> 0, ticker);
  }

  private String drawn() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  @Test
  void isRedrawnTenTimesASecondAfterAFirstPauseAndErasedAtTheEnd() {
    Timeline timeline = SampleTimelines.of(SampleTimelines::cold);
    LiveLine line = line(80);
    line.begins(() -> timeline);

    assertThat(ticker.first()).isEqualTo(Duration.ofMillis(200));
    assertThat(ticker.interval()).isEqualTo(Duration.ofMillis(100));
    assertThat(drawn()).isEmpty();
    ticker.tick();
    ticker.tick();
    assertThat(drawn()).isEqualTo("\r0.2 s\u001b[K".repeat(2));
    line.over();
    assertThat(drawn()).isEqualTo("\r0.2 s\u001b[K".repeat(2) + "\r\u001b[K");
    assertThat(ticker.ended()).isTrue();
  }

  @Test
  void aTickThatComesLateDrawsNothing() {
    LiveLine line = line(80);
    line.begins(() -> SampleTimelines.of(SampleTimelines::cold));
    line.over();
    ticker.tick();

    assertThat(drawn()).isEmpty();
  }

  @Test
  void staysWithinTheScreen() {
    HookScript script = new HookScript();
    SampleTimelines.cold(script);
    LiveLine line = line(4);
    line.begins(script::timeline);
    ticker.tick();

    assertThat(drawn()).isEqualTo("\r0.2\u001b[K");
  }

  @Test
  void aThreadOfItsOwnTicksUntilItIsTold() throws Exception {
    CountDownLatch ticks = new CountDownLatch(3);
    Ticker.Ticking ticking =
        new TickerThread().begin(Duration.ofNanos(1), Duration.ofNanos(1), ticks::countDown);

    ticks.await();
    ticking.end();
  }
}
