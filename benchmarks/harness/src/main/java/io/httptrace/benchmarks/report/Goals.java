package io.httptrace.benchmarks.report;

/** What is to hold, all of it. */
public final class Goals {
  private static final String RECORDER_SUFFIX = "-recorder";

  private Goals() {}

  /**
   * {@return whether the table of goals needs the figures of a client for a workload}
   *
   * <p>Beside a recorder it shows what hooks cost in Go.
   *
   * @param workload the name of the workload
   * @param client the name of the client
   */
  public static boolean need(String workload, String client) {
    return Goal.ALL.stream()
        .filter(goal -> goal.workload().equals(workload))
        .anyMatch(
            goal ->
                goal.clients().anyMatch(client::equals)
                    || (goal.client().endsWith(RECORDER_SUFFIX)
                        && (client.equals("go") || client.equals("go-hooks"))));
  }
}
