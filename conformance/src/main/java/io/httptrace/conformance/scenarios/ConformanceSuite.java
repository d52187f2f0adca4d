package io.httptrace.conformance.scenarios;

import static java.util.Objects.requireNonNull;

import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.Glob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * All scenarios for one client, as tests of JUnit. A client's whole test class:
 *
 * <pre>{@code
 * final class ConformanceTest {
 *   @TestFactory
 *   Stream<DynamicNode> scenarios() {
 *     return ConformanceSuite.of(new MyClientUnderTest()).tests();
 *   }
 * }
 * }</pre>
 *
 * <p>A scenario that needs what the client says it cannot do is not run; it is counted and printed
 * with the reason. The scenarios run one after the other, also if tests run in parallel. The system
 * property {@code httptrace.scenarios} chooses some of them by name, with {@code *} for any
 * characters, separated by commas.
 */
public final class ConformanceSuite {
  private static final String CHOICE = "httptrace.scenarios";
  private static final List<Class<?>> THEMES =
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

  private final ClientUnderTest client;
  private final Tally tally;

  private ConformanceSuite(ClientUnderTest client) {
    this.client = client;
    this.tally = new Tally(client.name());
  }

  /**
   * {@return all scenarios for a client}
   *
   * @param client the client
   */
  public static ConformanceSuite of(ClientUnderTest client) {
    return new ConformanceSuite(requireNonNull(client, "client"));
  }

  /**
   * {@return the tests, for a method marked with {@link TestFactory}: a container for each theme,
   * and at the end the tally}
   */
  public Stream<DynamicNode> tests() {
    List<Glob> chosen =
        Stream.of(System.getProperty(CHOICE, "*").split(",", -1)).map(Glob::of).toList();
    List<DynamicNode> nodes = new ArrayList<>();
    cases()
        .forEach(
            (theme, cases) -> {
              List<DynamicNode> tests = new ArrayList<>();
              for (ScenarioCase scenario : cases) {
                if (chosen.stream().anyMatch(name -> name.matches(scenario.name()))) {
                  add(scenario, tests);
                }
              }
              nodes.add(DynamicContainer.dynamicContainer(theme, tests));
            });
    nodes.add(DynamicTest.dynamicTest("tally", () -> System.out.println(tally)));
    return nodes.stream();
  }

  /** {@return the scenarios by theme} */
  static Map<String, List<ScenarioCase>> cases() {
    Map<String, List<ScenarioCase>> cases = new LinkedHashMap<>();
    for (Class<?> theme : THEMES) {
      cases.put(theme.getSimpleName().replace("Scenarios", ""), ScenarioCase.of(theme));
    }
    return cases;
  }

  private void add(ScenarioCase scenario, List<DynamicNode> tests) {
    List<String> reasons = new ArrayList<>(scenario.whyNot(client));
    if (scenario.isBeyondTheMachine()) {
      reasons.add("this machine does not have ::1");
    }
    if (!reasons.isEmpty()) {
      tally.notApplicable(scenario.name(), String.join("; ", reasons));
      return;
    }
    tests.add(
        DynamicTest.dynamicTest(
            scenario.name() + ": " + scenario.description(),
            scenario.source(),
            () -> {
              tally.begun(scenario.name());
              scenario.run(client);
              tally.passed(scenario.name());
            }));
  }
}
