package io.httptrace.cli.cookies;

import io.httptrace.cli.text.HeaderLine;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text format of Netscape's cookie files, which curl and others use: a line for each cookie,
 * with seven fields separated by tabs.
 */
public final class CookieFile {
  private static final String HTTP_ONLY = "#HttpOnly_";
  private static final int FIELDS = 7;

  private CookieFile() {}

  /**
   * {@return the cookies of a text} Invalid lines are ignored, as by curl.
   *
   * @param text the text
   */
  public static List<Cookie> parse(String text) {
    return text.lines().map(CookieFile::line).flatMap(Optional::stream).toList();
  }

  private static Optional<Cookie> line(String text) {
    boolean httpOnly = text.startsWith(HTTP_ONLY);
    String line = httpOnly ? text.substring(HTTP_ONLY.length()) : text;
    String[] fields = line.split("\t", -1);
    boolean hasValue = fields.length == FIELDS;
    if (line.startsWith("#") || (!hasValue && fields.length != FIELDS - 1)) {
      return Optional.empty();
    }
    String domain = fields[0].toLowerCase(Locale.ROOT);
    String name = fields[5];
    String value = hasValue ? fields[6] : "";
    if (!fields[4].matches("[0-9]{1,18}") || !isSendable(name, value)) {
      return Optional.empty();
    }
    return Optional.of(
        new Cookie(
            name,
            value,
            new CookieScope(
                domain.startsWith(".") ? domain.substring(1) : domain,
                !fields[1].equalsIgnoreCase("TRUE"),
                fields[2].startsWith("/") ? fields[2] : "/",
                fields[3].equalsIgnoreCase("TRUE")),
            httpOnly,
            expires(Long.parseLong(fields[4]))));
  }

  private static boolean isSendable(String name, String value) {
    return !name.isEmpty() && HeaderLine.isFieldValue(name) && HeaderLine.isFieldValue(value);
  }

  /** Zero stands for the end of the session. */
  private static @Nullable Instant expires(long seconds) {
    return seconds == 0
        ? null
        : Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()));
  }

  /**
   * {@return a text}
   *
   * @param cookies the cookies
   */
  public static String text(List<Cookie> cookies) {
    StringBuilder text = new StringBuilder("# Netscape HTTP Cookie File\n\n");
    for (Cookie cookie : cookies) {
      Instant expires = cookie.expires();
      CookieScope scope = cookie.scope();
      text.append(cookie.httpOnly() ? HTTP_ONLY : "")
          .append(scope.hostOnly() ? "" : ".")
          .append(
              String.join(
                  "\t",
                  scope.domain(),
                  truth(!scope.hostOnly()),
                  scope.path(),
                  truth(scope.secure()),
                  Long.toString(expires == null ? 0 : expires.getEpochSecond()),
                  cookie.name(),
                  cookie.value()))
          .append('\n');
    }
    return text.toString();
  }

  private static String truth(boolean value) {
    return value ? "TRUE" : "FALSE";
  }
}
