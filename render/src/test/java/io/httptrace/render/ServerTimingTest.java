package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.render.text.ServerTiming;
import io.httptrace.timeline.RoundTrip;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The field {@code Server-Timing}, as servers write it, and as they should not. */
final class ServerTimingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "miss, db;dur=53, app;dur=47.2 | miss; db 53000000; app 47200000",
        "cache;desc=\"Cache Read\";dur=23.2 | cache 23200000 'Cache Read'",
        "a;desc=hit | a 'hit'",
        "a ; DUR = 1 ; Desc = \"b\" | a 1000000 'b'",
        "a;dur=1;dur=2;desc=x;desc=y | a 1000000 'x'",
        "a;desc=\"one, two; three \\\"four\\\"\", b | a 'one, two; three \"four\"'; b",
        "a;dur=1 nonsense;desc=b, c | a 1000000 'b'; c",
        "a;other=1;desc;dur | a",
        ", ,a,, | a",
        ";dur=1, b | b",
        "a;dur=\"5.5\" | a 5500000",
        "a;dur=1e2 | a 100000000",
        "a;dur=.5 | a 500000",
        "a;desc=\"it does not end, b | a",
        "a;desc=\"  \" | a",
        "\u00e9, b | b",
      })
  void isReadAsBrowsersDo(String value, String expected) {
    assertThat(read(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"-1", "NaN", "Infinity", "0x10", "1d", "1e999", "1000000001", "''", "1.2.3"})
  void aDurationThatIsNoneIsAbsent(String duration) {
    assertThat(read("a;dur=" + duration)).isEqualTo("a");
  }

  @Test
  void severalFieldsAreOneList() {
    assertThat(text(TimelineStories.headers("Server-Timing", List.of("a;dur=1", "b, c"))))
        .isEqualTo("a 1000000; b; c");
    assertThat(text(TimelineStories.headers("server-timing", List.of("a")))).isEqualTo("a");
    assertThat(text(TimelineStories.headers("Other", List.of("a")))).isEmpty();
  }

  @Test
  void aServerThatSaysTooMuchIsNotListenedToForLong() {
    assertThat(
            ServerTiming.of(TimelineStories.headers("Server-Timing", List.of("a,".repeat(9_999)))))
        .hasSize(64);
  }

  private static String read(String value) {
    return text(TimelineStories.headers("Server-Timing", List.of(value)));
  }

  private static String text(RoundTrip roundTrip) {
    return ServerTiming.of(roundTrip).stream()
        .map(
            timing ->
                timing.name()
                    + (timing.duration() == null ? "" : " " + timing.duration().toNanos())
                    + (timing.description() == null ? "" : " '" + timing.description() + "'"))
        .collect(Collectors.joining("; "));
  }
}
