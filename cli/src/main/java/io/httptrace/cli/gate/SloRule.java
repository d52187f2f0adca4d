package io.httptrace.cli.gate;

import io.httptrace.cli.failure.CommandException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One limit, such as {@code p99:total<1s}.
 *
 * @param text the rule as it was given, without blanks
 * @param statistic of several requests, which one
 * @param figure what is limited
 * @param orEqual whether the limit itself is still met
 * @param limitNanos the limit
 */
public record SloRule(
    String text, Statistic statistic, Figure figure, boolean orEqual, long limitNanos) {

  /**
   * One number for the figures of several requests.
   *
   * @param name {@code max}, {@code mean} or {@code p} and a number
   * @param percent the percentile; not a number for the mean
   */
  public record Statistic(String name, double percent) {
    /** Every request counts. */
    static final Statistic MAX = new Statistic("max", 100);

    /** {@return this number for a figure} */
    long of(Spread spread) {
      return Double.isNaN(percent) ? spread.mean() : spread.percentile(percent);
    }
  }

  private static final Pattern FORM =
      Pattern.compile("(?:([a-z0-9.]+):)?([a-z-]+)(<=?)([0-9]+(?:\\.[0-9]+)?)(us|ms|s)");

  private static final Pattern PERCENTILE = Pattern.compile("p([0-9]{1,2}(?:\\.[0-9]{1,3})?)");

  private static final String FIGURES =
      Arrays.stream(Figure.values()).map(Figure::label).collect(Collectors.joining(", "));

  /** The longest time that can be given, in nanoseconds: about 31 years. */
  private static final BigDecimal MAX_NANOS = BigDecimal.TEN.pow(18);

  /**
   * {@return the rule that a text describes}
   *
   * @param given the text; blanks do not matter
   * @throws CommandException if it describes none
   */
  static SloRule parse(String given) throws CommandException {
    String text = given.replaceAll("\\s", "");
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw wrong(given, "it has to be like 'ttfb<200ms', 'total<=1.5s' or 'p99:total<1s'");
    }
    Figure figure = Figure.named(parts.group(2));
    if (figure == null) {
      throw wrong(given, "there is no phase '" + parts.group(2) + "', only " + FIGURES);
    }
    Statistic statistic = statistic(given, parts.group(1));
    int digits =
        switch (parts.group(5)) {
          case "us" -> 3;
          case "ms" -> 6;
          default -> 9;
        };
    BigDecimal nanos = new BigDecimal(parts.group(4)).movePointRight(digits);
    if (nanos.compareTo(MAX_NANOS) > 0) {
      throw wrong(given, "the time is too long");
    }
    return new SloRule(text, statistic, figure, parts.group(3).equals("<="), nanos.longValue());
  }

  private static Statistic statistic(String given, @Nullable String name) throws CommandException {
    if (name == null || name.equals("max")) {
      return Statistic.MAX;
    }
    if (name.equals("mean")) {
      return new Statistic(name, Double.NaN);
    }
    Matcher percentile = PERCENTILE.matcher(name);
    if (!percentile.matches()) {
      throw wrong(given, "'" + name + "' is not max, mean or a percentile such as p99");
    }
    return new Statistic(name, Double.parseDouble(percentile.group(1)));
  }

  private static CommandException wrong(String given, String why) {
    return CommandException.usage("--slo: '" + given.strip() + "': " + why);
  }

  /** {@return whether a duration is within the limit} */
  boolean allows(long nanos) {
    return orEqual ? nanos <= limitNanos : nanos < limitNanos;
  }

  /** {@return the rule as it was given} */
  @Override
  public String toString() {
    return text;
  }
}
