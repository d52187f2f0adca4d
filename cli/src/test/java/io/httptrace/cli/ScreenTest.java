package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.options.CommandOptions.Color;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.render.Waterfall;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScreenTest {

  @ParameterizedTest
  @CsvSource({"'',80", "100,100", "12,40", "0,80", "-5,80", "wide,80", "9999,200", "123456,80"})
  void widthIsThatOfColumnsWithinReason(String columns, int width) {
    assertThat(Screen.of(true, Color.AUTO, Map.of("COLUMNS", columns)).width()).isEqualTo(width);
  }

  @Test
  void aTerminalHasColor() {
    Map<String, String> xterm = Map.of("TERM", "xterm");

    assertThat(palette(true, Color.AUTO, xterm)).isEqualTo(AnsiPalette.COLOR);
    assertThat(palette(false, Color.AUTO, xterm)).isEqualTo(AnsiPalette.PLAIN);
  }

  @Test
  void aTerminalThatWantsNoColorHasNone() {
    assertThat(palette(true, Color.AUTO, Map.of("TERM", "xterm", "NO_COLOR", "1")))
        .isEqualTo(AnsiPalette.PLAIN);
    assertThat(palette(true, Color.AUTO, Map.of("TERM", "dumb"))).isEqualTo(AnsiPalette.PLAIN);
    assertThat(palette(true, Color.AUTO, Map.of())).isEqualTo(AnsiPalette.PLAIN);
    assertThat(palette(true, Color.AUTO, Map.of("TERM", "xterm", "NO_COLOR", "")))
        .isEqualTo(AnsiPalette.COLOR);
  }

  @Test
  void theOptionOverridesTheSurroundings() {
    assertThat(palette(false, Color.ALWAYS, Map.of("NO_COLOR", "1"))).isEqualTo(AnsiPalette.COLOR);
    assertThat(palette(true, Color.NEVER, Map.of("TERM", "xterm"))).isEqualTo(AnsiPalette.PLAIN);
  }

  @ParameterizedTest
  @CsvSource({
    "LC_ALL, en_GB.UTF-8, true",
    "LC_CTYPE, C.utf8, true",
    "LANG, de_DE.UTF-8, true",
    "LANG, C, false",
    "OTHER, C.UTF-8, false"
  })
  void theLocaleSaysWhetherThereIsUnicode(String name, String value, boolean unicode) {
    assertThat(Screen.of(true, Color.AUTO, Map.of(name, value)).unicode()).isEqualTo(unicode);
  }

  @Test
  void theFirstLocaleThatIsSetDecides() {
    Map<String, String> environment = Map.of("LC_ALL", "", "LC_CTYPE", "POSIX", "LANG", "C.UTF-8");

    assertThat(Screen.of(true, Color.AUTO, environment).unicode()).isFalse();
  }

  @Test
  void colorIsAllThatATerminalAddsToThePicture() {
    Timeline timeline = SampleTimelines.of(SampleTimelines::refused);
    Screen screen = new Screen(80, AnsiPalette.COLOR, false);

    String picture = screen.waterfall(Redaction.MASK_SECRETS).draw(timeline);

    assertThat(picture.replace("\u001b", "^"))
        .isEqualTo(
            """
            ^[1mGET http://192.0.2.7:1/^[0m
            ^[1;31mfailed in connect^[0m
            ^[1;31mconnect^[0m        ^[1;31m#################|x^[0m        0.300 ms  ^[2m192.0.2.7:1^[0m
            ^[2mclient^[0m                                    0.200 ms  ^[2min no phase^[0m
            ^[1mtotal^[0m     ^[1m============================^[0m    0.500 ms
            ^[33m60 % connecting^[0m, ^[2m40 % in the client itself^[0m
            """);
    assertThat(picture.replaceAll("\u001b\\[[0-9;]*m", ""))
        .isEqualTo(Waterfall.builder().ascii().withoutLastError().build().draw(timeline));
  }

  private static AnsiPalette palette(
      boolean terminal, Color color, Map<String, String> environment) {
    return Screen.of(terminal, color, environment).palette();
  }
}
