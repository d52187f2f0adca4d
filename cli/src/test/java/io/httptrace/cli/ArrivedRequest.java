package io.httptrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as it arrived, octet by octet.
 *
 * @param line the request line; over HTTP/2 one made of the pseudo-fields
 * @param fields the fields, {@code Name: value}, in order
 * @param body the body, a character for each octet; chunks are joined
 */
record ArrivedRequest(String line, List<String> fields, String body) {

  /** Of curl and of the command; in curl's newer versions it is longer. */
  private static final Pattern BOUNDARY = Pattern.compile("-{24}[0-9A-Za-z]{16,}");

  private static final Pattern ESCAPE = Pattern.compile("%[0-9a-fA-F]{2}");

  private static final Pattern UNFIT = Pattern.compile("[\\\\{}\\[\\]|^`\"<>\\x80-\\xff]");

  /** The values that browsers send, which are none of ours or of curl's. */
  private static final Set<String> OF_BROWSERS =
      Set.of("gzip, deflate, br, zstd", "gzip, deflate, br");

  /** Of {@code --compressed}. */
  private static final Pattern CODINGS =
      Pattern.compile("(gzip|deflate|br|zstd)(, (gzip|deflate|br|zstd))*");

  /**
   * {@return the request as text, in the form in which those of curl and of the command are the
   * same} That is each octet but for these differences, all harmless or meant:
   *
   * <ul>
   *   <li>the port of the server;
   *   <li>the order of fields with different names, and the case of the names;
   *   <li>the name in a {@code User-Agent} that is not given;
   *   <li>the codings that {@code --compressed} asks for;
   *   <li>the boundary that is made for {@code -F}, and so the length of that body, which is
   *       checked by itself;
   *   <li>{@code Content-Length: 0} with a POST, PUT or PATCH that has no body: curl has none;
   *   <li>{@code Expect}: when curl sends it depends on its version;
   *   <li>over HTTP/2 cookies in one field or in several (RFC 9113, section 8.2.3);
   *   <li>characters in the target that a URL cannot have: curl sends them as they are, the command
   *       percent-encodes them; and the case of percent-encoded octets.
   * </ul>
   */
  String comparable() {
    Matcher boundary = BOUNDARY.matcher(body);
    boolean ownBoundary = boundary.find();
    Map<String, List<String>> byName = new TreeMap<>();
    for (String field : fields) {
      int colon = field.indexOf(':');
      String name = field.substring(0, colon).toLowerCase(Locale.ROOT);
      byName.computeIfAbsent(name, key -> new ArrayList<>()).add(valueAfter(colon, field));
    }
    StringBuilder text = new StringBuilder(visible(encoded(line))).append('\n');
    byName.forEach(
        (name, values) -> {
          if (name.equals("cookie")) {
            text.append("cookie: ").append(visible(String.join("; ", values))).append('\n');
            return;
          }
          for (String value : values) {
            String comparable = comparable(name, value, ownBoundary);
            if (!comparable.isEmpty()) {
              text.append(name).append(": ").append(visible(comparable)).append('\n');
            } else if (value.isEmpty()) {
              text.append(name).append(":\n");
            }
          }
        });
    if (!body.isEmpty()) {
      String content = BOUNDARY.matcher(body).replaceAll("BOUNDARY");
      text.append('\n').append(visible(content).replace("\\n", "\\n\n"));
    }
    return text.toString().stripTrailing();
  }

  private String comparable(String name, String value, boolean ownBoundary) {
    return switch (name) {
      case "user-agent" -> value.matches("(curl|httptrace)/.*") ? "DEFAULT" : value;
      case "accept-encoding" ->
          CODINGS.matcher(value).matches() && !OF_BROWSERS.contains(value) ? "COMPRESSED" : value;
      case "content-type" -> BOUNDARY.matcher(value).replaceAll("BOUNDARY");
      case "content-length" -> comparableLength(value, ownBoundary);
      case "expect" -> "";
      case "host" -> value.replaceFirst("^127.0.0.1:[0-9]+$", "127.0.0.1:PORT");
      default -> value;
    };
  }

  private String comparableLength(String value, boolean ownBoundary) {
    if (!value.equals(Integer.toString(body.length()))) {
      return value + " BUT " + body.length();
    }
    if (ownBoundary) {
      return "EXACT";
    }
    boolean none = body.isEmpty() && line.matches("(POST|PUT|PATCH) .*");
    return none ? "" : value;
  }

  /** {@return the values of a field} */
  List<String> values(String name) {
    return fields.stream()
        .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(field -> valueAfter(name.length(), field))
        .toList();
  }

  private static String valueAfter(int colon, String field) {
    return field.substring(field.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
  }

  private static String encoded(String line) {
    String upper =
        ESCAPE.matcher(line).replaceAll(escape -> escape.group().toUpperCase(Locale.ROOT));
    return UNFIT
        .matcher(upper)
        .replaceAll(unfit -> String.format(Locale.ROOT, "%%%02X", (int) unfit.group().charAt(0)));
  }

  /** Text with a character for each octet, in ASCII. */
  private static String visible(String octets) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < octets.length(); i++) {
      char c = octets.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        default -> {
          if (c >= ' ' && c < 0x7f) {
            text.append(c);
          } else {
            text.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
          }
        }
      }
    }
    return text.toString();
  }
}
