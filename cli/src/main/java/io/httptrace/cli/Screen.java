package io.httptrace.cli;

import io.httptrace.cli.options.CommandOptions.Color;
import io.httptrace.cli.options.CommandOptions.Output;
import io.httptrace.render.HeaderDetail;
import io.httptrace.render.Waterfall;
import io.httptrace.render.WaterfallBuilder;
import io.httptrace.timeline.Redaction;
import java.util.Locale;
import java.util.Map;

/**
 * What the picture is drawn on.
 *
 * @param width how many columns there are; at least {@link #MIN_WIDTH}
 * @param palette the colours
 * @param unicode whether there are more characters than those of ASCII
 */
record Screen(int width, AnsiPalette palette, boolean unicode) {
  /** The least width that is drawn for; a narrower terminal wraps lines. */
  static final int MIN_WIDTH = 40;

  /** More would only pull the bars away from their labels. */
  static final int MAX_WIDTH = 200;

  private static final int DEFAULT_WIDTH = 80;

  /**
   * {@return the screen behind a stream}
   *
   * @param terminal whether the stream is a terminal
   * @param color when the user wants colour
   * @param environment the environment variables; {@code COLUMNS}, {@code NO_COLOR}, {@code TERM},
   *     and {@code LC_ALL}, {@code LC_CTYPE} and {@code LANG} for the character set
   */
  static Screen of(boolean terminal, Color color, Map<String, String> environment) {
    boolean colored =
        switch (color) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO ->
              terminal
                  && environment.getOrDefault("NO_COLOR", "").isEmpty()
                  && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        };
    return new Screen(
        width(environment.getOrDefault("COLUMNS", "")),
        colored ? AnsiPalette.COLOR : AnsiPalette.PLAIN,
        isUnicode(environment));
  }

  private static int width(String columns) {
    if (!columns.matches("[1-9][0-9]{0,4}")) {
      return DEFAULT_WIDTH;
    }
    return Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, Integer.parseInt(columns)));
  }

  /** The first of these that is set decides, as POSIX says. */
  private static boolean isUnicode(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String locale = environment.getOrDefault(name, "").toLowerCase(Locale.ROOT);
      if (!locale.isEmpty()) {
        return locale.contains("utf-8") || locale.contains("utf8");
      }
    }
    return false;
  }

  /**
   * {@return what draws pictures for this screen} Why the last round trip failed goes to standard
   * error, and is not in the picture.
   *
   * @param redaction whether secrets are masked
   */
  Waterfall waterfall(Redaction redaction) {
    return builder(redaction).build();
  }

  /**
   * {@return what draws the pictures the user wants} Only the main fields of a response are shown,
   * and none if there are more runs below, so that it fits on a terminal of 24 lines.
   *
   * @param output what the user wants
   */
  Waterfall waterfall(Output output) {
    WaterfallBuilder builder = builder(output.redaction());
    if (output.pictures().follow() != null) {
      builder.responseHeaders(HeaderDetail.NONE);
    }
    if (output.verbose() || output.curl().include()) {
      builder.responseHeaders(HeaderDetail.ALL);
    }
    if (output.verbose()) {
      builder.requestHeaders();
    }
    if (output.pictures().cumulative()) {
      builder.cumulative();
    }
    return builder.build();
  }

  private WaterfallBuilder builder(Redaction redaction) {
    WaterfallBuilder builder =
        Waterfall.builder()
            .width(width)
            .painter(palette)
            .redaction(redaction)
            .responseHeaders(HeaderDetail.MAIN)
            .withoutLastError();
    return unicode ? builder : builder.ascii();
  }
}
