package io.httptrace.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.golden.GoldenRecording;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Checks that every recording has exactly one scenario, and that a client runs the scenarios of all
 * themes. A client's tests have a subclass that names the client's other test classes.
 */
public abstract class CompletenessScenarios {
  private static final List<Class<? extends Scenarios>> THEMES =
      List.of(
          Http1Scenarios.class,
          ExpectScenarios.class,
          InformationalScenarios.class,
          DnsScenarios.class,
          ConnectScenarios.class,
          TlsScenarios.class,
          PoolScenarios.class,
          RetryScenarios.class,
          TimeoutScenarios.class,
          UploadScenarios.class,
          HeaderScenarios.class,
          ErrorScenarios.class,
          ComposeScenarios.class,
          ProxyScenarios.class,
          RedirectScenarios.class,
          Http2Scenarios.class);

  /** For subclasses. */
  protected CompletenessScenarios() {}

  /** {@return the abstract classes of the scenarios, one for each theme} */
  public static List<Class<? extends Scenarios>> themes() {
    return THEMES;
  }

  /** {@return the names of all recordings, sorted; a scenario exists for each} */
  public static List<String> recordings() {
    return List.copyOf(GoldenRecording.index().keySet());
  }

  /** {@return the client's own test classes, a subclass of each of the {@link #themes()}} */
  protected abstract List<Class<? extends Scenarios>> testClasses();

  @Test
  final void everyRecordingHasOneScenario() {
    List<String> played = new ArrayList<>();
    for (Class<?> theme : THEMES) {
      for (Method method : Scenarios.methods(theme)) {
        played.add(method.getAnnotation(Scenario.class).value());
      }
    }
    assertThat(played).containsExactlyInAnyOrderElementsOf(recordings());
    System.out.println(played.size() + " scenarios for " + recordings().size() + " recordings");
  }

  @Test
  final void theClientRunsTheScenariosOfAllThemes() {
    for (Class<?> theme : THEMES) {
      assertThat(testClasses())
          .as("test classes that extend %s", theme.getSimpleName())
          .filteredOn(theme::isAssignableFrom)
          .hasSize(1);
    }
  }
}
