package io.httptrace.render;

import io.httptrace.render.text.ServerTiming;
import io.httptrace.render.text.Wrapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Chooses which header fields of a response are shown. */
final class HeaderLines {
  /** How many lines there are for the main ones. */
  private static final int MOST = 5;

  /** What is shown if there is no room for all, the most telling first. */
  private static final List<String> MAIN =
      List.of(
          "location",
          "retry-after",
          "www-authenticate",
          "content-type",
          "content-encoding",
          "cache-control",
          "age",
          "x-cache",
          "x-cache-status",
          "cf-cache-status",
          "cache-status",
          "server",
          "via",
          "transfer-encoding",
          "etag",
          "last-modified",
          "expires",
          "vary",
          "date",
          "alt-svc");

  private HeaderLines() {}

  /**
   * {@return the lines}
   *
   * @param headers the fields, in their order
   * @param detail which of them
   */
  static List<Fact> of(Map<String, List<String>> headers, HeaderDetail detail) {
    List<Fact> all = new ArrayList<>();
    headers.forEach(
        (name, values) -> {
          // What the server took for has rows of its own.
          if (detail != HeaderDetail.MAIN || !ServerTiming.isField(name)) {
            values.forEach(value -> all.add(Fact.field(name, value, detail == HeaderDetail.MAIN)));
          }
        });
    if (detail == HeaderDetail.NONE) {
      return List.of();
    }
    if (detail == HeaderDetail.ALL || all.size() <= MOST) {
      return all;
    }
    List<Fact> best =
        all.stream().sorted(Comparator.comparingInt(HeaderLines::rank)).limit(MOST - 1).toList();
    List<Fact> shown =
        new ArrayList<>(all.stream().filter(best::contains).limit(MOST - 1).toList());
    shown.add(
        Fact.of(
            Ink.FAINT,
            Wrapping.TIE
                + ""
                + Wrapping.TIE
                + "and "
                + (all.size() - shown.size())
                + " more fields"));
    return shown;
  }

  private static int rank(Fact field) {
    int rank = MAIN.indexOf(String.valueOf(field.name()).toLowerCase(Locale.ROOT));
    return rank < 0 ? MAIN.size() : rank;
  }
}
