package io.httptrace.cli.measure;

import io.httptrace.cli.gate.Figure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table with a row for each figure: groups of columns side by side, as many as there is room. */
final class MeasureTable {
  private static final int LABEL = 9;
  private static final int CELL = 7;
  private static final String GAP = "   ";

  /**
   * Some columns.
   *
   * @param title what they are about
   * @param heads the head of each
   * @param cells the cells of each figure; a figure that is absent has none
   */
  record Group(String title, List<String> heads, Map<Figure, List<String>> cells) {
    Group(String title, List<String> heads) {
      this(title, heads, new EnumMap<>(Figure.class));
    }

    int width() {
      return CELL * heads.size();
    }
  }

  /**
   * A line.
   *
   * @param figure what it is about; null for heads
   * @param text the text
   */
  record Line(@Nullable Figure figure, String text) {}

  private MeasureTable() {}

  /**
   * {@return the lines}
   *
   * @param groups the groups, in order
   * @param width how many columns there are
   */
  static List<Line> lines(List<Group> groups, int width) {
    List<Line> lines = new ArrayList<>();
    List<Group> row = new ArrayList<>();
    int used = LABEL;
    for (Group group : groups) {
      int needed = group.width() + GAP.length();
      if (!row.isEmpty() && used + needed > width) {
        block(lines, row);
        row.clear();
        used = LABEL;
      }
      used += row.isEmpty() ? group.width() : needed;
      row.add(group);
    }
    block(lines, row);
    return lines;
  }

  private static void block(List<Line> lines, List<Group> groups) {
    if (groups.isEmpty()) {
      return;
    }
    if (!lines.isEmpty()) {
      lines.add(new Line(null, ""));
    }
    StringBuilder titles = new StringBuilder(" ".repeat(LABEL));
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      // Above the first head, which stands at the right of its cell.
      int indent = (i == 0 ? 0 : GAP.length()) + CELL - group.heads().get(0).length();
      int width = group.width() - CELL + group.heads().get(0).length();
      titles.append(" ".repeat(indent));
      titles.append(padded(cut(group.title(), width), width));
    }
    lines.add(new Line(null, titles.toString().stripTrailing()));
    lines.add(new Line(null, row("ms", groups.stream().map(Group::heads).toList())));
    for (Figure figure : Figure.values()) {
      if (groups.stream().anyMatch(group -> group.cells().containsKey(figure))) {
        List<List<String>> cells = new ArrayList<>();
        for (Group group : groups) {
          List<String> none = Collections.nCopies(group.heads().size(), "");
          cells.add(group.cells().getOrDefault(figure, none));
        }
        lines.add(new Line(figure, row(figure.label(), cells)));
      }
    }
  }

  private static String row(String label, List<List<String>> groups) {
    StringBuilder row = new StringBuilder(padded(label, LABEL));
    for (int i = 0; i < groups.size(); i++) {
      row.append(i == 0 ? "" : GAP);
      for (String cell : groups.get(i)) {
        row.append(" ".repeat(Math.max(0, CELL - cell.length()))).append(cell);
      }
    }
    return row.toString().stripTrailing();
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
