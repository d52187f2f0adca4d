package io.httptrace.cli.writeout;

import io.httptrace.cli.text.Printer;
import io.httptrace.render.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints the text of {@code -w}, as curl reads it: {@code %{name}} and {@code %header{name}} stand
 * for what is known of the transfer, {@code %%} for a percent sign, {@code \n}, {@code \r} and
 * {@code \t} for a line feed, a carriage return and a tab. Anything else stays as it is.
 */
public final class WriteOut {
  private static final String HEADER = "%header{";

  private final String format;
  private final TransferFacts facts;
  private final Printer stdout;
  private final Printer stderr;

  // Used by the calling thread alone.
  private final StringBuilder pending = new StringBuilder();
  private Printer current;
  private int at;

  private WriteOut(String format, TransferFacts facts, Printer stdout, Printer stderr) {
    this.format = format;
    this.facts = facts;
    this.stdout = stdout;
    this.stderr = stderr;
    this.current = stdout;
  }

  /**
   * Prints a text.
   *
   * @param format the text with its variables
   * @param facts what they stand for
   * @param stdout gets it, unless it says otherwise
   * @param stderr gets what follows {@code %{stderr}}, and the names of unknown variables
   */
  public static void print(String format, TransferFacts facts, Printer stdout, Printer stderr) {
    WriteOut writeOut = new WriteOut(format, facts, stdout, stderr);
    writeOut.run();
    writeOut.flush();
  }

  private void run() {
    while (at < format.length()) {
      char c = format.charAt(at);
      boolean last = at + 1 == format.length();
      if (c == '%' && !last) {
        if (!percent()) {
          return;
        }
      } else if (c == '\\' && !last) {
        pending.append(escape(format.charAt(at + 1)));
        at += 2;
      } else {
        pending.append(c);
        at++;
      }
    }
  }

  private static String escape(char letter) {
    return switch (letter) {
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      default -> "\\" + letter;
    };
  }

  /** {@return whether to go on} */
  private boolean percent() {
    if (format.startsWith("%%", at)) {
      pending.append('%');
      at += 2;
      return true;
    }
    boolean header = format.startsWith(HEADER, at);
    String opening = header ? HEADER : "%{";
    if (!format.startsWith(opening, at)) {
      pending.append(format, at, at + 2);
      at += 2;
      return true;
    }
    int start = at + opening.length();
    int end = format.indexOf('}', start);
    if (end < 0) {
      pending.append(opening);
      at = start;
      return true;
    }
    at = end + 1;
    String name = format.substring(start, end);
    if (header) {
      List<String> values = facts.responseFields().getOrDefault(name, List.of());
      pending.append(values.isEmpty() ? "" : values.get(0));
      return true;
    }
    return variable(name);
  }

  /** {@return whether to go on} */
  private boolean variable(String name) {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "onerror" -> {
        return facts.failure() != null;
      }
      case "stdout" -> switchTo(stdout);
      case "stderr" -> switchTo(stderr);
      case "json" -> json();
      case "header_json" -> headerJson();
      default -> {
        if (Variables.isKnown(name)) {
          pending.append(Variables.text(name, facts));
        } else {
          stderr.println("httptrace: unknown --write-out variable: '" + Printable.text(name) + "'");
        }
      }
    }
    return true;
  }

  private void switchTo(Printer next) {
    flush();
    current = next;
  }

  private void flush() {
    if (!pending.isEmpty()) {
      current.print(pending.toString());
      pending.setLength(0);
    }
  }

  private void json() {
    appendObject(Variables.json(facts), ",", "}");
  }

  /** As curl writes it: names in lower case, each with the array of its values. */
  private void headerJson() {
    Map<String, String> members = new LinkedHashMap<>();
    facts
        .responseFields()
        .forEach((name, values) -> members.put(name.toLowerCase(Locale.ROOT), array(values)));
    appendObject(members, ",\n", "\n}");
  }

  private static String array(List<String> values) {
    return values.stream().map(Variables::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  private void appendObject(Map<String, String> members, String separator, String end) {
    String text =
        members.entrySet().stream()
            .map(member -> Variables.quoted(member.getKey()) + ":" + member.getValue())
            .collect(Collectors.joining(separator, "{", end));
    pending.append(text);
  }
}
