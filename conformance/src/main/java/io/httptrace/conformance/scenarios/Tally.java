package io.httptrace.conformance.scenarios;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The results of a client's scenarios. */
final class Tally {
  private final String client;
  private final Set<String> run = new TreeSet<>();
  private final Set<String> passed = new TreeSet<>();
  private final Map<String, String> notApplicable = new TreeMap<>();

  Tally(String client) {
    this.client = client;
  }

  void begun(String scenario) {
    run.add(scenario);
  }

  void passed(String scenario) {
    passed.add(scenario);
  }

  void notApplicable(String scenario, String reason) {
    notApplicable.put(scenario, reason);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    notApplicable.forEach(
        (scenario, reason) ->
            text.append(client)
                .append(": not applicable: ")
                .append(scenario)
                .append(": ")
                .append(reason)
                .append('\n'));
    return text.append(client)
        .append(": ")
        .append(run.size() + notApplicable.size())
        .append(" scenarios, ")
        .append(passed.size())
        .append(" pass, ")
        .append(run.size() - passed.size())
        .append(" fail, ")
        .append(notApplicable.size())
        .append(" not applicable")
        .toString();
  }
}
