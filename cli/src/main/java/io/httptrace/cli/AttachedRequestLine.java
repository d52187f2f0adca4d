package io.httptrace.cli;

import io.httptrace.render.Ink;
import io.httptrace.render.text.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Lays out the line of a request of another JVM.
 *
 * @param palette its colours
 * @param zone where the user's clock is
 */
record AttachedRequestLine(AnsiPalette palette, ZoneId zone) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  private static final int PARTS = 7;
  private static final int CLIENT_WIDTH = 6;
  private static final int DURATION_WIDTH = 12;

  /**
   * {@return the line}
   *
   * @param message the parts, as the agent has written them
   */
  String of(String message) {
    String[] parts = message.split("\t", PARTS);
    String time = TIME.format(Instant.ofEpochMilli(Long.parseLong(parts[1])).atZone(zone));
    boolean failed = Boolean.parseBoolean(parts[3]);
    String status = String.format(Locale.ROOT, "%3s", parts[2]);
    String duration = Quantities.millis(Duration.ofNanos(Long.parseLong(parts[4])));
    return palette.paint(Ink.FAINT, time)
        + " "
        + String.format(Locale.ROOT, "%-" + CLIENT_WIDTH + "s", parts[0])
        + " "
        + palette.paint(inkOf(parts[2], failed), status)
        + String.format(Locale.ROOT, "%" + DURATION_WIDTH + "s", duration)
        + " ["
        + painted(parts[5])
        + "] "
        + (failed ? palette.paint(Ink.BAD, parts[6]) : parts[6]);
  }

  private static Ink inkOf(String status, boolean failed) {
    if (failed || status.length() != 3) {
      return Ink.BAD;
    }
    return switch (status.charAt(0)) {
      case '1', '2' -> Ink.GOOD;
      case '3' -> Ink.NEUTRAL;
      default -> Ink.BAD;
    };
  }

  private String painted(String bar) {
    StringBuilder painted = new StringBuilder();
    int start = 0;
    while (start < bar.length()) {
      char phase = bar.charAt(start);
      int end = start;
      while (end < bar.length() && bar.charAt(end) == phase) {
        end++;
      }
      painted.append(paint(phase, bar.substring(start, end)));
      start = end;
    }
    return painted.toString();
  }

  private String paint(char phase, String text) {
    return switch (phase) {
      case 'q' -> palette.paint(Ink.QUEUE, text);
      case 'd' -> palette.paint(Ink.DNS, text);
      case 'c' -> palette.paint(Ink.CONNECT, text);
      case 'p' -> palette.paint(Ink.PROXY, text);
      case 't' -> palette.paint(Ink.TLS, text);
      case '>' -> palette.paint(Ink.REQUEST, text);
      case '.' -> palette.paint(Ink.WAIT, text);
      case '<' -> palette.paint(Ink.RESPONSE, text);
      default -> text;
    };
  }
}
