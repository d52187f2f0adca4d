package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.render.Scale.Bar;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ScaleTest {
  private final Scale blocks = new Scale(Duration.ofMillis(80), 10, Glyphs.BLOCKS);
  private final Scale ascii = new Scale(Duration.ofMillis(80), 10, Glyphs.ASCII);

  @Test
  void aBarIsAsLongAsItsTimeToTheEighthOfAColumn() {
    assertThat(bar(blocks, 0, 80)).isEqualTo(new Bar(0, "██████████", 0));
    assertThat(bar(blocks, 8, 27)).isEqualTo(new Bar(1, "██▍", 6));
    assertThat(bar(ascii, 8, 27)).isEqualTo(new Bar(1, "##|", 6));
  }

  @Test
  void aBarBeginsWithTheColumnInWhichItStarts() {
    assertThat(bar(blocks, 12, 16)).isEqualTo(new Bar(1, "█", 8));
  }

  @Test
  void theShortestBarCanBeSeen() {
    assertThat(bar(blocks, 40, 40)).isEqualTo(new Bar(5, "▏", 4));
    assertThat(bar(blocks, 80, 80)).isEqualTo(new Bar(9, "█", 0));
    assertThat(bar(ascii, 40, 40)).isEqualTo(new Bar(5, "|", 4));
  }

  @Test
  void aFailureEndsWithACrossThatStaysWithinTheColumns() {
    assertThat(failed(blocks, 8, 24)).isEqualTo(new Bar(1, "██✗", 6));
    assertThat(failed(blocks, 0, 80)).isEqualTo(new Bar(0, "█████████✗", 0));
    assertThat(failed(ascii, 80, 80)).isEqualTo(new Bar(9, "x", 0));
  }

  @Test
  void noTimeAtAllStillHasABar() {
    Scale none = new Scale(Duration.ZERO, 10, Glyphs.BLOCKS);

    assertThat(bar(none, 0, 0)).isEqualTo(new Bar(0, "▏", 9));
    assertThat(none.rule(Duration.ZERO)).isEqualTo(new Bar(0, "━", 9));
  }

  @Test
  void whatIsLaterThanTheEndStaysWithinTheColumns() {
    assertThat(bar(blocks, 70, 500)).isEqualTo(new Bar(8, "██", 0));
    assertThat(bar(blocks, 300, 500)).isEqualTo(new Bar(9, "█", 0));
    assertThat(blocks.rule(Duration.ofDays(1))).isEqualTo(new Bar(0, "━━━━━━━━━━", 0));
  }

  private static Bar bar(Scale scale, long start, long end) {
    return scale.bar(Duration.ofMillis(start), Duration.ofMillis(end), false);
  }

  private static Bar failed(Scale scale, long start, long end) {
    return scale.bar(Duration.ofMillis(start), Duration.ofMillis(end), true);
  }
}
