package io.httptrace.render;

/** The characters of which bars are made. */
enum Glyphs {
  /** Any character set has these. A bar is as fine as a column. */
  ASCII("|#", "=", "x"),
  /** Unicode's block elements. A bar is as fine as an eighth of a column. */
  BLOCKS("▏▎▍▌▋▊▉█", "━", "✗");

  /** From one part of a column to all of it. */
  private final String fractions;

  private final String rule;
  private final String cross;

  Glyphs(String fractions, String rule, String cross) {
    this.fractions = fractions;
    this.rule = rule;
    this.cross = cross;
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
}
