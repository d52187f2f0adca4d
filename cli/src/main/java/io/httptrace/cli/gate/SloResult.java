package io.httptrace.cli.gate;

import io.httptrace.render.text.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rules are met.
 *
 * @param rules each rule with what was measured
 */
public record SloResult(List<Checked> rules) {

  public SloResult {
    rules = List.copyOf(rules);
  }

  /**
   * A rule, and what was measured.
   *
   * @param rule the rule
   * @param actualNanos what was measured, or {@link RequestFigures#ABSENT}
   */
  public record Checked(SloRule rule, long actualNanos) {

    /** {@return whether it is met} */
    public boolean met() {
      return actualNanos == RequestFigures.ABSENT || rule.allows(actualNanos);
    }

    private String miss() {
      return "--slo: "
          + rule
          + " is missed: "
          + Quantities.time(Duration.ofNanos(actualNanos))
          + ", "
          + Quantities.time(Duration.ofNanos(actualNanos - rule.limitNanos()))
          + " too long";
    }

    private Map<String, @Nullable Object> members() {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      members.put("rule", rule.text());
      members.put("figure", rule.figure().label());
      members.put("statistic", rule.statistic().name());
      members.put("limitNanos", rule.limitNanos());
      members.put("actualNanos", actualNanos == RequestFigures.ABSENT ? null : actualNanos);
      members.put("met", met());
      return members;
    }
  }

  /** {@return whether all are met} */
  public boolean met() {
    return rules.stream().allMatch(Checked::met);
  }

  /** {@return a line for each rule that is not met: by how much} */
  public List<String> misses() {
    return rules.stream().filter(rule -> !rule.met()).map(Checked::miss).toList();
  }

  /** {@return the member {@code slo} of the JSON} */
  public Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("met", met());
    List<Object> all = new ArrayList<>();
    rules.forEach(rule -> all.add(rule.members()));
    members.put("rules", all);
    return members;
  }
}
