package io.httptrace.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.OpenClient;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** How scenarios become tests, and that none gets lost. */
final class ScenarioMechanicsTest {

  @Test
  void scenarioThatDoesNotApplyIsNeitherPassedNorSkipped() {
    TestExecutionSummary summary = execute(WithoutSeveralTraces.class);
    assertThat(summary.getTestsStartedCount()).isOne();
    assertThat(summary.getTestsSucceededCount()).isOne();
    assertThat(summary.getTestsSkippedCount()).isZero();
    assertThat(summary.getTestsAbortedCount()).isZero();
  }

  @Test
  void scenarioThatAppliesRunsAndCanFail() {
    TestExecutionSummary summary = execute(WithEverything.class);
    assertThat(summary.getTestsStartedCount()).isEqualTo(4);
    assertThat(summary.getTestsFailedCount()).isEqualTo(3);
  }

  @Test
  void everyRecordingHasExactlyOneScenario() {
    Set<String> played = new HashSet<>();
    for (Class<?> theme : CompletenessScenarios.themes()) {
      for (Method method : Scenarios.methods(theme)) {
        assertThat(played.add(method.getAnnotation(Scenario.class).value())).isTrue();
      }
    }
    assertThat(played).hasSize(132).containsAll(CompletenessScenarios.recordings());
  }

  private static TestExecutionSummary execute(Class<?> tests) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(),
            listener);
    return listener.getSummary();
  }

  /** Run by this test only: its name keeps it from being found otherwise. */
  static final class WithoutSeveralTraces extends ComposeScenarios {
    @Override
    protected ClientUnderTest client() {
      return new Hopeless(
          Capabilities.all().without(Capability.SEVERAL_TRACES, "it takes one trace only"));
    }
  }

  /** Likewise. */
  static final class WithEverything extends ComposeScenarios {
    @Override
    protected ClientUnderTest client() {
      return new Hopeless(Capabilities.all());
    }
  }

  private record Hopeless(Capabilities capabilities) implements ClientUnderTest {
    @Override
    public String name() {
      return "hopeless";
    }

    @Override
    public OpenClient open(ClientSettings settings) {
      throw new UnsupportedOperationException("it cannot be opened");
    }
  }
}
