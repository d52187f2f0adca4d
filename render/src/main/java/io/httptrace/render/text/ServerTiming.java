package io.httptrace.render.text;

import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server says that it took for, in the field {@code Server-Timing} (W3C Server Timing).
 *
 * @param name the name of the metric, a token (RFC 9110, section 5.6.2)
 * @param duration how long it took; null if the server does not say, or says nonsense
 * @param description words for people; null if there are none
 */
public record ServerTiming(String name, @Nullable Duration duration, @Nullable String description) {

  /** A server that says more than this is not worth it. */
  private static final int MOST = 64;

  /** About eleven days: what is longer is an error of the server. */
  private static final double LONGEST_MILLIS = 1e9;

  /**
   * {@return what the server says in its response; empty if there is none}
   *
   * @param roundTrip the round trip
   */
  public static List<ServerTiming> of(RoundTrip roundTrip) {
    Map<String, List<String>> headers = roundTrip.responseHeaders(Redaction.NONE);
    List<ServerTiming> all = new ArrayList<>();
    if (headers != null) {
      headers.forEach(
          (name, values) -> {
            if (isField(name)) {
              values.forEach(value -> new Reader(value, all).read());
            }
          });
    }
    return List.copyOf(all);
  }

  /**
   * {@return whether a field is the one that is read here}
   *
   * @param name its name
   */
  public static boolean isField(String name) {
    return name.equalsIgnoreCase("server-timing");
  }

  /** Reads one value, as browsers do: what cannot be understood is passed over. */
  private static final class Reader {
    private final String text;
    private final List<ServerTiming> all;
    private int next;

    Reader(String text, List<ServerTiming> all) {
      this.text = text;
      this.all = all;
    }

    void read() {
      while (next < text.length() && all.size() < MOST) {
        String name = token();
        passTo(";,");
        @Nullable String duration = null;
        @Nullable String description = null;
        while (take(';')) {
          String parameter = token().toLowerCase(Locale.ROOT);
          String value = take('=') ? value() : "";
          passTo(";,");
          if (parameter.equals("dur") && duration == null) { // the first one counts
            duration = value;
          } else if (parameter.equals("desc") && description == null) {
            description = value;
          }
        }
        take(',');
        if (!name.isEmpty()) {
          boolean silent = description == null || description.isBlank();
          all.add(new ServerTiming(name, millis(duration), silent ? null : description));
        }
      }
    }

    private void blanks() {
      while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
        next++;
      }
    }

    private boolean take(char wanted) {
      blanks();
      if (next < text.length() && text.charAt(next) == wanted) {
        next++;
        return true;
      }
      return false;
    }

    private String token() {
      blanks();
      int start = next;
      while (next < text.length() && isTokenCharacter(text.charAt(next))) {
        next++;
      }
      return text.substring(start, next);
    }

    private static boolean isTokenCharacter(char c) {
      return (c >= '0' && c <= '9')
          || (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private String value() {
      blanks();
      return next < text.length() && text.charAt(next) == '"' ? quoted() : token();
    }

    /** A string that does not end is none. */
    private String quoted() {
      StringBuilder value = new StringBuilder();
      for (next++; next < text.length(); next++) {
        char c = text.charAt(next);
        if (c == '"') {
          next++;
          return value.toString();
        }
        if (c == '\\' && next + 1 < text.length()) {
          next++;
          c = text.charAt(next);
        }
        value.append(c);
      }
      return "";
    }

    private void passTo(String delimiters) {
      while (next < text.length() && delimiters.indexOf(text.charAt(next)) < 0) {
        next++;
      }
    }

    private static @Nullable Duration millis(@Nullable String value) {
      if (value == null
          || value.length() > 40
          || !value.matches("[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?")) {
        return null;
      }
      double millis = Double.parseDouble(value);
      return millis > LONGEST_MILLIS ? null : Duration.ofNanos(Math.round(millis * 1e6));
    }
  }
}
