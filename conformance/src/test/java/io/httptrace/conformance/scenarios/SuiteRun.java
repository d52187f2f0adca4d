package io.httptrace.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.List;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A suite that is run inside of a test: what it says of an adapter. */
final class SuiteRun {
  private SuiteRun() {}

  /**
   * {@return the faults that the failing tests of a suite tell, one line for each}
   *
   * @param suites a class with suites
   * @param suite a method of it that returns one
   */
  static List<String> faults(Class<?> suites, String suite) {
    TestExecutionSummary summary = run(suites, suite);
    List<String> faults =
        summary.getFailures().stream()
            .flatMap(failure -> String.valueOf(failure.getException().getMessage()).lines())
            .filter(line -> line.startsWith("- "))
            .map(line -> line.substring(2))
            .toList();
    if (faults.isEmpty()) {
      // What fails otherwise is no fault of the adapter.
      assertThat(summary.getFailures()).extracting(failure -> failure.getException()).isEmpty();
    }
    return faults;
  }

  private static TestExecutionSummary run(Class<?> suites, String suite) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(suites, suite))
                .build(),
            listener);
    assertThat(listener.getSummary().getTestsStartedCount()).as("scenario and tally").isEqualTo(2);
    return listener.getSummary();
  }
}
