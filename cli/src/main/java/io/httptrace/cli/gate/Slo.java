package io.httptrace.cli.gate;

import io.httptrace.cli.failure.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How long requests may take (a service level objective): the rules of all {@code --slo}.
 *
 * @param rules the rules, in order; at least one
 */
public record Slo(List<SloRule> rules) {

  public Slo {
    rules = List.copyOf(rules);
  }

  /**
   * {@return the rules of the arguments}
   *
   * @param arguments at least one, each one or several rules, separated by commas
   * @throws CommandException if one of them is not a rule
   */
  public static Slo parse(List<String> arguments) throws CommandException {
    List<SloRule> rules = new ArrayList<>();
    for (String argument : arguments) {
      for (String rule : argument.split(",", -1)) {
        rules.add(SloRule.parse(rule));
      }
    }
    return new Slo(rules);
  }

  /**
   * {@return whether each rule is met} A figure that no request has, because the phase did not
   * happen, meets every limit.
   *
   * @param figures how each figure is spread over the requests; null if no request has it
   */
  public SloResult check(Function<Figure, @Nullable Spread> figures) {
    List<SloResult.Checked> checked = new ArrayList<>();
    for (SloRule rule : rules) {
      Spread spread = figures.apply(rule.figure());
      long actual = spread == null ? RequestFigures.ABSENT : rule.statistic().of(spread);
      checked.add(new SloResult.Checked(rule, actual));
    }
    return new SloResult(checked);
  }
}
