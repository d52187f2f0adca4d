package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.Options.Color;
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
    "LC_ALL, en_GB.UTF-8, BLOCKS",
    "LC_CTYPE, C.utf8, BLOCKS",
    "LANG, de_DE.UTF-8, BLOCKS",
    "LANG, C, ASCII",
    "OTHER, C.UTF-8, ASCII"
  })
  void glyphsAreThoseOfTheLocale(String name, String value, Glyphs glyphs) {
    assertThat(Screen.of(true, Color.AUTO, Map.of(name, value)).glyphs()).isEqualTo(glyphs);
  }

  @Test
  void theFirstLocaleThatIsSetDecides() {
    Map<String, String> environment = Map.of("LC_ALL", "", "LC_CTYPE", "POSIX", "LANG", "C.UTF-8");

    assertThat(Screen.of(true, Color.AUTO, environment).glyphs()).isEqualTo(Glyphs.ASCII);
  }

  private static AnsiPalette palette(
      boolean terminal, Color color, Map<String, String> environment) {
    return Screen.of(terminal, color, environment).palette();
  }
}
