package io.httptrace.conformance.report;

import io.httptrace.Hook;
import io.httptrace.conformance.report.SupportReport.Difference;
import io.httptrace.conformance.report.SupportReport.OfHook;
import io.httptrace.conformance.report.SupportReport.OfProtocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Draws the reports of clients as one table, in Markdown, with the reasons below it. */
public final class SupportMatrix {
  private final List<SupportReport> reports;
  private final Map<String, Integer> notes = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();

  private SupportMatrix(List<SupportReport> reports) {
    this.reports = List.copyOf(reports);
  }

  /**
   * {@return the table}
   *
   * @param reports the reports, in the order of the columns
   */
  public static String of(List<SupportReport> reports) {
    return new SupportMatrix(reports).draw();
  }

  private String draw() {
    header();
    for (Hook hook : Hook.values()) {
      row("`" + hook + "`", (report, of) -> cell(report, of, hook));
    }
    row("scenarios", (report, of) -> String.valueOf(of.scenarios()));
    row("run", (report, of) -> String.valueOf(of.passed() + of.failed().size()));
    row("passed", (report, of) -> String.valueOf(of.passed()));
    row("not applicable", (report, of) -> String.valueOf(of.notApplicable().size()));
    notes();
    reports.forEach(this::client);
    return text.toString();
  }

  private interface Cell {
    String of(SupportReport report, OfProtocol protocol);
  }

  private void header() {
    row("hook", (report, of) -> report.client() + " " + of.protocol());
    row("---", (report, of) -> "---");
  }

  private void row(String first, Cell cell) {
    text.append("| ").append(first).append(" |");
    for (SupportReport report : reports) {
      for (OfProtocol of : report.protocols()) {
        text.append(' ').append(cell.of(report, of)).append(" |");
      }
    }
    text.append('\n');
  }

  private String cell(SupportReport report, OfProtocol protocol, Hook hook) {
    OfHook of = protocol.hooks().get(hook.methodName());
    if (of == null) {
      return "?";
    }
    StringBuilder cell = new StringBuilder();
    boolean unseen = !of.seen() && of.reason() == null;
    cell.append(unseen ? "–" : of.level().name().toLowerCase(Locale.ROOT));
    if (of.reason() != null) {
      cell.append(note(report, "`" + hook + "`: " + of.reason()));
    }
    for (Difference masked : report.maskedArguments()) {
      if (masked.what().startsWith(hook.methodName() + ".") && !unseen) {
        cell.append(note(report, masked(masked)));
      }
    }
    return cell.toString();
  }

  private static String masked(Difference masked) {
    String where = masked.recordings().equals("*") ? "" : " in `" + masked.recordings() + "`";
    return "`" + masked.what() + "` is not compared" + where + ": " + masked.reason();
  }

  private String note(SupportReport report, String note) {
    int number = notes.computeIfAbsent(report.client() + ", " + note, unused -> notes.size() + 1);
    return " <sup>" + number + "</sup>";
  }

  private void notes() {
    if (!notes.isEmpty()) {
      text.append("\n## Notes\n\n");
      notes.forEach((note, number) -> line(number + ". " + note));
    }
  }

  private void client(SupportReport report) {
    text.append("\n## ").append(report.client()).append('\n');
    List<Map.Entry<String, String>> notRun = new ArrayList<>();
    report.protocols().forEach(of -> notRun.addAll(of.notApplicable().entrySet()));
    section(
        "Scenarios that do not apply:",
        notRun.stream()
            .collect(Collectors.groupingBy(Map.Entry::getValue, LinkedHashMap::new, names()))
            .entrySet()
            .stream()
            .map(reason -> reason.getKey() + " (" + reason.getValue() + ")")
            .toList());
    section(
        "What differs from the recordings:",
        report.deviations().stream()
            .map(difference -> difference.reason() + " (`" + difference.recordings() + "`)")
            .toList());
    section("Threads that outlive a client:", report.sharedThreads());
    section(
        "Scenarios that fail:",
        report.protocols().stream().flatMap(of -> of.failed().stream()).toList());
  }

  private static Collector<Map.Entry<String, String>, ?, String> names() {
    Function<Map.Entry<String, String>, String> name = entry -> "`" + entry.getKey() + "`";
    return Collectors.mapping(name, Collectors.joining(", "));
  }

  private void section(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append('\n').append(title).append("\n\n");
      lines.forEach(line -> line("- " + line));
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
