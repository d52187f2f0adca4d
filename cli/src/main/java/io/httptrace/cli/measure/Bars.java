package io.httptrace.cli.measure;

/** What bars are made of: the same characters as those of the picture. */
enum Bars {
  /** Any character set has these. */
  ASCII("|#"),
  /** Unicode's block elements. */
  BLOCKS("▏▎▍▌▋▊▉█");

  private final String fractions;

  Bars(String fractions) {
    this.fractions = fractions;
  }

  /**
   * {@return a bar, which is seen however small the share is; empty for none at all}
   *
   * @param share how much of the columns, from 0 to 1
   * @param columns how many there are
   */
  String bar(double share, int columns) {
    if (share <= 0) {
      return "";
    }
    int fineness = fractions.length();
    int parts = Math.max(1, (int) Math.round(Math.min(1, share) * columns * fineness));
    int rest = parts % fineness;
    String full = fractions.substring(fineness - 1).repeat(parts / fineness);
    return rest == 0 ? full : full + fractions.charAt(rest - 1);
  }
}
