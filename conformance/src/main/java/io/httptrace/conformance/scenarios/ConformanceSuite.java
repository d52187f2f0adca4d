package io.httptrace.conformance.scenarios;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.Glob;
import io.httptrace.conformance.report.SupportReport;
import io.httptrace.conformance.run.Claim;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
  private static final String INAPPLICABLE = "httptrace.inapplicable";
  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final Path FOUND = Path.of("target/support");
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
  private final SuiteResults results;
  private List<Glob> chosen = List.of(Glob.of("*"));
  private Duration patience = Waiting.LIMIT;
  private boolean withInapplicable = Boolean.getBoolean(INAPPLICABLE);
  private @Nullable Path kept;

  private ConformanceSuite(ClientUnderTest client) {
    this.client = client;
    this.results = new SuiteResults(client.name());
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
   * Keeps a report of what has been found, which is part of a {@linkplain
   * io.httptrace.conformance.report.SupportMatrix table} of clients. After the scenarios the report
   * is written to {@code target/support}, under the same name, and the last test fails if the file
   * that is kept says something else. Not so if only some scenarios were chosen.
   *
   * @param file the file that is kept with the sources, relative to the working directory
   * @return this
   */
  public ConformanceSuite report(Path file) {
    kept = requireNonNull(file, "file");
    return this;
  }

  /**
   * Chooses some scenarios.
   *
   * @param names their names, in which {@code *} stands for any characters
   * @return this
   */
  public ConformanceSuite only(String... names) {
    chosen = Stream.of(names).map(Glob::of).toList();
    return this;
  }

  /**
   * Sets how long a scenario waits for an event that does not come. For the time in which an
   * adapter is being written and many are missing: a short time fails a scenario on a slow machine.
   *
   * @param time how long; {@link Waiting#LIMIT} if it is not set
   * @return this
   */
  public ConformanceSuite patience(Duration time) {
    patience = requireNonNull(time, "time");
    return this;
  }

  /**
   * Runs the scenarios, too, that need what the client says it cannot do. Each of them is to fail:
   * a test fails if its scenario passes, because what the client says may not be true any more. The
   * system property {@code httptrace.inapplicable} does the same.
   *
   * <p>To be used by hand, now and then. It takes long, up to some minutes for a scenario that
   * waits in vain; {@code httptrace.scenarios} chooses some. Whether such a scenario fails may
   * depend on which thread is first, so that one that passes is a hint and no proof.
   *
   * @return this
   */
  public ConformanceSuite withInapplicable() {
    withInapplicable = true;
    return this;
  }

  /**
   * {@return the tests, for a method marked with {@link TestFactory}: a container for each theme,
   * and at the end the tally}
   *
   * @throws IllegalArgumentException if a name that was chosen is that of no scenario
   */
  public Stream<DynamicNode> tests() {
    List<Glob> byProperty =
        Stream.of(System.getProperty(CHOICE, "*").split(",", -1)).map(Glob::of).toList();
    checkNames(chosen);
    checkNames(byProperty);
    List<DynamicNode> nodes = new ArrayList<>();
    cases()
        .forEach(
            (theme, cases) -> {
              List<DynamicNode> tests = new ArrayList<>();
              for (ScenarioCase scenario : cases) {
                if (isOf(chosen, scenario) && isOf(byProperty, scenario)) {
                  add(scenario, tests);
                }
              }
              nodes.add(DynamicContainer.dynamicContainer(theme, tests));
            });
    nodes.add(DynamicTest.dynamicTest("tally", this::finish));
    return nodes.stream();
  }

  private static void checkNames(List<Glob> names) {
    for (Glob name : names) {
      if (cases().values().stream()
          .flatMap(List::stream)
          .noneMatch(scenario -> name.matches(scenario.name()))) {
        throw new IllegalArgumentException("no scenario has the name " + name.text());
      }
    }
  }

  private static boolean isOf(List<Glob> names, ScenarioCase scenario) {
    return names.stream().anyMatch(name -> name.matches(scenario.name()));
  }

  private void finish() throws IOException {
    System.out.println(results);
    List<Claim> unneeded = results.unneededClaims(client, allNames());
    if (!unneeded.isEmpty()) {
      throw new AssertionError(
          "no recording needs this, so take it out; or say that it is needed sometimes, if threads"
              + " of the client race:\n"
              + unneeded.stream().map(claim -> "- " + claim + "\n").collect(joining()));
    }
    if (kept != null && !results.haveFailures() && results.count() == allNames().size()) {
      Path found = FOUND.resolve(kept.getFileName());
      SupportReport report = results.report(client);
      report.write(found);
      if (!Files.exists(kept) || !SupportReport.read(kept).equals(report)) {
        throw new AssertionError(
            kept
                + " does not say what was found; if that is right, in the module's directory: cp "
                + found
                + " "
                + kept);
      }
    }
  }

  private static List<String> allNames() {
    return cases().values().stream().flatMap(List::stream).map(ScenarioCase::name).toList();
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
    List<String> reasons = scenario.whyNot(client);
    if (!reasons.isEmpty()) {
      results.notApplicable(scenario, String.join("; ", reasons));
      if (withInapplicable && !scenario.isBeyondTheMachine()) {
        tests.add(
            DynamicTest.dynamicTest(
                scenario.name() + " does not apply",
                scenario.source(),
                () -> failsAsSaid(scenario, reasons)));
      }
    } else if (scenario.isBeyondTheMachine()) {
      results.beyondTheMachine(scenario);
    } else {
      tests.add(
          DynamicTest.dynamicTest(
              scenario.name() + ": " + scenario.description(),
              scenario.source(),
              () -> {
                results.begun(scenario);
                results.passed(scenario, scenario.run(client, patience));
              }));
    }
  }

  private void failsAsSaid(ScenarioCase scenario, List<String> reasons) {
    Duration soon = patience.compareTo(SHORT) < 0 ? patience : SHORT;
    try {
      scenario.run(client, soon);
    } catch (Throwable failed) {
      return;
    }
    throw new AssertionError("- " + scenario.name() + " passes, so this may be untrue: " + reasons);
  }
}
