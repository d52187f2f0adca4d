package io.httptrace.conformance.server;

import java.util.List;
import java.util.Locale;

/**
 * The head of a request as it arrived.
 *
 * @param requestLine the first line
 * @param fieldLines the lines of the fields, in order, as they were sent
 */
public record ReceivedRequestHead(String requestLine, List<String> fieldLines) {
  /** Copies the lines. */
  public ReceivedRequestHead {
    fieldLines = List.copyOf(fieldLines);
  }

  static ReceivedRequestHead parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) {
      return new ReceivedRequestHead("", List.of());
    }
    return new ReceivedRequestHead(lines.get(0), lines.subList(1, lines.size()));
  }

  /**
   * {@return the values of a field, in order}
   *
   * @param name its name, in any case
   */
  public List<String> values(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    return fieldLines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .toList();
  }

  /** {@return the length of the body by Content-Length; 0 if there is no such field} */
  public int contentLength() {
    List<String> values = values("content-length");
    return values.isEmpty() ? 0 : Integer.parseInt(values.get(0));
  }

  /** {@return whether the body is sent in chunks} */
  public boolean chunked() {
    return values("transfer-encoding").stream().anyMatch("chunked"::equalsIgnoreCase);
  }
}
