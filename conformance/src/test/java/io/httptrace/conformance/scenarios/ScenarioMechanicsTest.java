package io.httptrace.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.golden.GoldenRecording;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** How scenarios become tests, and that none gets lost. */
final class ScenarioMechanicsTest {
  private static final int RECORDINGS = 132;

  @Test
  void scenarioThatDoesNotApplyIsNeitherPassedNorSkipped() {
    TestExecutionSummary summary = execute(WithoutSeveralTraces.class);
    assertThat(summary.getTestsSkippedCount()).isZero();
    assertThat(summary.getTestsAbortedCount()).isZero();
    assertThat(summary.getTestsFailedCount()).isEqualTo(RECORDINGS - 3);
  }

  @Test
  void scenarioThatAppliesRunsAndCanFail() {
    TestExecutionSummary summary = execute(WithEverything.class);
    assertThat(summary.getTestsFailedCount()).isEqualTo(RECORDINGS);
  }

  @Test
  void everyRecordingHasExactlyOneScenario() {
    List<String> played =
        ConformanceSuite.cases().values().stream()
            .flatMap(List::stream)
            .map(ScenarioCase::name)
            .toList();
    assertThat(played)
        .hasSize(RECORDINGS)
        .containsExactlyInAnyOrderElementsOf(GoldenRecording.index().keySet());
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
  static final class WithoutSeveralTraces {
    @TestFactory
    Stream<DynamicNode> scenarios() {
      Capabilities some =
          Capabilities.all().without(Capability.SEVERAL_TRACES, "it takes one trace only");
      return ConformanceSuite.of(new Hopeless(some)).tests();
    }
  }

  /** Likewise. */
  static final class WithEverything {
    @TestFactory
    Stream<DynamicNode> scenarios() {
      return ConformanceSuite.of(new Hopeless(Capabilities.all())).tests();
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
