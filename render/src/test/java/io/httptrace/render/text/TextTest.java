package io.httptrace.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextTest {

  @Test
  void linesBreakAtSpaces() {
    assertThat(Wrapping.lines("one two three", 7)).containsExactly("one two", "three");
    assertThat(Wrapping.lines("one two three", 80)).containsExactly("one two three");
  }

  @Test
  void aWordThatIsTooLongIsBroken() {
    assertThat(Wrapping.lines("a bcdefgh i", 3)).containsExactly("a", "bcd", "efg", "h i");
    assertThat(Wrapping.lines("abcdef", 3)).containsExactly("abc", "def");
  }

  @Test
  void wordsThatAreTiedStayOnOneLine() {
    assertThat(Wrapping.lines("one two\u00a0three", 9)).containsExactly("one", "two three");
    assertThat(Wrapping.lines("a\u00a0b", 80)).containsExactly("a b");
  }

  @Test
  void noTextHasNoLine() {
    assertThat(Wrapping.lines("", 10)).isEmpty();
  }

  @Test
  void millisecondsHaveMicroseconds() {
    assertThat(Quantities.millis(Duration.ofNanos(1_234_567))).isEqualTo("1.235 ms");
    assertThat(Quantities.millis(Duration.ZERO)).isEqualTo("0.000 ms");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.000 ms",
    "1234567, 1.235 ms",
    "999999499, 999.999 ms",
    "999999500, 1.000 s",
    "1234567890, 1.235 s",
    "75000000000, 75.000 s"
  })
  void aboveOneSecondThereAreSeconds(long nanos, String text) {
    assertThat(Quantities.time(Duration.ofNanos(nanos))).isEqualTo(text);
  }

  @Test
  void pointsOfAColumnStandBelowOneAnother() {
    assertThat(Quantities.column(Duration.ofMillis(1))).isEqualTo("1.000 ms");
    assertThat(Quantities.column(Duration.ofSeconds(1))).isEqualTo("1.000 s ");
  }

  @Test
  void aRateIsASizeInASecond() {
    assertThat(Quantities.rate(50_000, Duration.ofMillis(20))).isEqualTo("2.5 MB/s");
    assertThat(Quantities.rate(1, Duration.ofSeconds(2))).isEqualTo("0 bytes/s");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1, 1 byte",
    "999, 999 bytes",
    "1000, 1.0 kB",
    "1049, 1.0 kB",
    "1050, 1.1 kB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "9223372036854775807, 9.2 EB"
  })
  void sizesHaveAUnit(long bytes, String text) {
    assertThat(Quantities.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void reasonsAreOneLine() {
    assertThat(Reasons.of(new IOException("one\n  two\r\n"))).isEqualTo("one; two");
    assertThat(Reasons.of(new IOException())).isEqualTo("input/output error");
    assertThat(Reasons.of(new IOException("connect: refused"), "connect")).isEqualTo("refused");
    assertThat(Reasons.of(new IOException("refused"), "connect")).isEqualTo("refused");
    assertThat(Reasons.of(new NoSuchFileException("f"))).isEqualTo("no such file or directory");
    assertThat(Reasons.of(new AccessDeniedException("f"))).isEqualTo("permission denied");
    assertThat(Reasons.of(new FileSystemException("f", null, "Is a directory")))
        .isEqualTo("Is a directory");
  }

  @Test
  void controlCharactersAreEscaped() {
    assertThat(Printable.text("plain ✓")).isEqualTo("plain ✓");
    assertThat(Printable.text("a\u001b[0m\tb\u0085")).isEqualTo("a\\x1b[0m\\x09b\\x85");
  }
}
