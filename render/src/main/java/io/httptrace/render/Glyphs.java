package io.httptrace.render;

/** The characters of which bars are made. */
enum Glyphs {
  /** Any character set has these. A bar is as fine as a column. */
  ASCII("|#", "=", "x", "..."),
  /** Unicode's block elements. A bar is as fine as an eighth of a column. */
  BLOCKS("▏▎▍▌▋▊▉█", "━", "✗", "…");

  /** From one part of a column to all of it. */
  private final String fractions;

  private final String rule;
  private final String cross;
  private final String ellipsis;

  Glyphs(String fractions, String rule, String cross, String ellipsis) {
    this.fractions = fractions;
    this.rule = rule;
    this.cross = cross;
    this.ellipsis = ellipsis;
  }

  /** {@return into how many parts a column can be divided} */
  int fineness() {
    return fractions.length();
  }

  /**
   * {@return a bar}
   *
   * @param parts its length, in parts of a column; positive
   */
  String bar(int parts) {
    int rest = parts % fineness();
    String full = fractions.substring(fineness() - 1).repeat(parts / fineness());
    return rest == 0 ? full : full + fractions.charAt(rest - 1);
  }

  /** {@return one column of the line that stands for the whole} */
  String rule() {
    return rule;
  }

  /** {@return one column that says that something failed here} */
  String cross() {
    return cross;
  }

  /**
   * {@return a text, cut short where a line ends if it is longer}
   *
   * @param text the text, within one line
   * @param columns how many columns there are
   */
  String cut(String text, int columns) {
    return text.length() <= columns
        ? text
        : text.substring(0, Math.max(0, columns - ellipsis.length())) + ellipsis;
  }
}
