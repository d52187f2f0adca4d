package io.httptrace.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of Java in a document, with the mark above it that says where it comes from.
 *
 * @param mark {@code Sample#region}; empty if there is no mark
 * @param text the block
 */
record Quote(String mark, String text) {
  private static final String MARK = "<!-- sample: ";
  private static final String MARK_END = " -->";

  /** {@return the blocks of a document} */
  static List<Quote> in(Path document) throws IOException {
    List<Quote> quotes = new ArrayList<>();
    List<String> lines = Files.readAllLines(document, UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```java")) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
        String mark = i == 0 ? "" : markOf(lines.get(i - 1));
        quotes.add(new Quote(mark, String.join("\n", lines.subList(i + 1, end))));
        i = end;
      }
    }
    return quotes;
  }

  private static String markOf(String line) {
    return line.startsWith(MARK) && line.endsWith(MARK_END)
        ? line.substring(MARK.length(), line.length() - MARK_END.length())
        : "";
  }

  /** {@return the text of the region the mark names} */
  String source() throws IOException {
    String[] parts = mark.split("#", 2);
    Path file = Path.of("src/main/java/io/httptrace/samples", parts[0] + ".java");
    List<String> lines = Files.readAllLines(file, UTF_8);
    int start = indexOf(lines, "// @start region=\"" + parts[1] + "\"", 0);
    int end = indexOf(lines, "// @end", start);
    return String.join("\n", lines.subList(start + 1, end)).stripTrailing().stripIndent();
  }

  private static int indexOf(List<String> lines, String text, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(text)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no line " + text);
  }
}
