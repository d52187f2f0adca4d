package io.httptrace.conformance.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of Java in a document, with the mark above it that says where it comes from: {@code <!--
 * sample: Sample#region -->} names what is between {@code // @start region="region"} and {@code //
 * @end} in {@code Sample.java}.
 *
 * @param mark {@code Sample#region}; empty if there is no mark
 * @param text the block, without the lines that begin and end it
 */
public record Quote(String mark, String text) {
  private static final String MARK = "<!-- sample: ";
  private static final String MARK_END = " -->";

  /** Makes one. */
  public Quote {
    requireNonNull(mark, "mark");
    requireNonNull(text, "text");
  }

  /**
   * {@return the blocks of Java of a document in Markdown, in order}
   *
   * @param document the document
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if a block does not end
   */
  public static List<Quote> in(Path document) throws IOException {
    return of(Files.readAllLines(document, UTF_8));
  }

  static List<Quote> of(List<String> lines) {
    List<Quote> quotes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```java")) {
        int end = indexOf(lines, "```", i + 1);
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

  /**
   * {@return the region that the mark names, without what it is indented by}
   *
   * @param directory where the sample is
   * @throws IOException if the sample cannot be read
   * @throws IllegalArgumentException if there is no such region, or the mark names none
   */
  public String source(Path directory) throws IOException {
    return region(directory, mark);
  }

  static String region(Path directory, String mark) throws IOException {
    String[] parts = mark.split("#", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("not Sample#region: " + mark);
    }
    List<String> lines = Files.readAllLines(directory.resolve(parts[0] + ".java"), UTF_8);
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
    throw new IllegalArgumentException("no line " + text + " from line " + (from + 1) + " on");
  }
}
