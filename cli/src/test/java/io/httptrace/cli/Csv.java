package io.httptrace.cli;

import java.util.ArrayList;
import java.util.List;

/** Reads comma-separated values as RFC 4180 has them, and nothing else. */
public final class Csv {
  private Csv() {}

  /** The fields of each record, that of the names first. */
  public static List<List<String>> parse(String text) {
    List<List<String>> records = new ArrayList<>();
    List<String> record = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      StringBuilder field = new StringBuilder();
      if (text.charAt(at) == '"') {
        at = quoted(text, at + 1, field);
      } else {
        while (text.charAt(at) != ',' && text.charAt(at) != '\r') {
          if (text.charAt(at) == '"') {
            throw new IllegalArgumentException("a quote inside a field without quotes: " + text);
          }
          field.append(text.charAt(at++));
        }
      }
      record.add(field.toString());
      if (text.charAt(at) == ',') {
        at++;
        if (text.startsWith("\r\n", at)) {
          record.add("");
        }
      }
      if (text.startsWith("\r\n", at)) {
        at += 2;
        records.add(record);
        record = new ArrayList<>();
      }
    }
    if (!record.isEmpty()) {
      throw new IllegalArgumentException("the last line has no end: " + text);
    }
    return records;
  }

  private static int quoted(String text, int start, StringBuilder field) {
    int at = start;
    while (text.charAt(at) != '"' || text.startsWith("\"\"", at)) {
      at += text.charAt(at) == '"' ? 1 : 0;
      field.append(text.charAt(at++));
    }
    return at + 1;
  }

  /** The values of a column, of each record below the names. */
  public static List<String> column(List<List<String>> records, String name) {
    int index = records.get(0).indexOf(name);
    return records.subList(1, records.size()).stream().map(record -> record.get(index)).toList();
  }
}
