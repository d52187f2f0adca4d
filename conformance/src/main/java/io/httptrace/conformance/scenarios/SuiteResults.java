package io.httptrace.conformance.scenarios;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.SharedThread;
import io.httptrace.conformance.report.SupportReport;
import io.httptrace.conformance.report.SupportReport.Difference;
import io.httptrace.conformance.report.SupportReport.OfHook;
import io.httptrace.conformance.report.SupportReport.OfProtocol;
import io.httptrace.conformance.run.Claim;
import io.httptrace.conformance.run.Findings;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** The results of a client's scenarios. Safe for use by several threads. */
final class SuiteResults {
  private static final String NO_IPV6 = "this machine does not have ::1";

  private final String client;
  private final OfVersion http1 = new OfVersion();
  private final OfVersion http2 = new OfVersion();
  private final Set<Claim> neededClaims = new HashSet<>();

  /** The results over one version of HTTP. */
  private static final class OfVersion {
    final Set<String> begun = new TreeSet<>();
    final Set<String> passed = new TreeSet<>();
    final Set<String> beyondTheMachine = new TreeSet<>();
    final Map<String, String> notApplicable = new TreeMap<>();
    final Set<Hook> seen = EnumSet.noneOf(Hook.class);

    Set<String> failed() {
      Set<String> failed = new TreeSet<>(begun);
      failed.removeAll(passed);
      return failed;
    }

    /** What this machine cannot run counts as it does on one that can. */
    OfProtocol report(String protocol, HookSupport support) {
      Map<String, OfHook> hooks = new LinkedHashMap<>();
      for (Hook hook : Hook.values()) {
        hooks.put(
            hook.methodName(),
            new OfHook(support.level(hook), support.reason(hook), seen.contains(hook)));
      }
      int run = begun.size() + beyondTheMachine.size();
      return new OfProtocol(
          protocol,
          hooks,
          run + notApplicable.size(),
          passed.size() + beyondTheMachine.size(),
          failed().stream().toList(),
          notApplicable);
    }
  }

  SuiteResults(String client) {
    this.client = client;
  }

  synchronized void begun(ScenarioCase scenario) {
    of(scenario).begun.add(scenario.name());
  }

  synchronized void passed(ScenarioCase scenario, Findings findings) {
    of(scenario).passed.add(scenario.name());
    of(scenario).seen.addAll(findings.hooks());
    neededClaims.addAll(findings.neededClaims());
  }

  synchronized void notApplicable(ScenarioCase scenario, String reason) {
    of(scenario).notApplicable.put(scenario.name(), reason);
  }

  synchronized void beyondTheMachine(ScenarioCase scenario) {
    of(scenario).beyondTheMachine.add(scenario.name());
  }

  private OfVersion of(ScenarioCase scenario) {
    return scenario.isHttp2() ? http2 : http1;
  }

  /** {@return of how many scenarios there is a result} */
  synchronized int count() {
    return both(of -> of.begun)
        + both(of -> of.beyondTheMachine)
        + both(of -> of.notApplicable.keySet());
  }

  synchronized boolean haveFailures() {
    return both(OfVersion::failed) > 0;
  }

  /**
   * {@return what a client says of recordings that none of them needs} Only what can be judged: all
   * scenarios that it concerns have passed or do not apply.
   *
   * @param client the client
   * @param scenarios the names of all scenarios
   */
  synchronized List<Claim> unneededClaims(ClientUnderTest client, List<String> scenarios) {
    Set<String> judged = new HashSet<>();
    Stream.of(http1, http2)
        .forEach(
            of -> {
              judged.addAll(of.passed);
              judged.addAll(of.notApplicable.keySet());
            });
    return Claim.of(client).stream()
        .filter(claim -> !claim.isOptional() && !neededClaims.contains(claim))
        .filter(claim -> scenarios.stream().filter(claim::concerns).allMatch(judged::contains))
        .toList();
  }

  synchronized SupportReport report(ClientUnderTest client) {
    return new SupportReport(
        client.name(),
        List.of(
            http1.report("HTTP/1.1", client.support()),
            http2.report("HTTP/2", client.supportOverHttp2())),
        client.maskedArguments().stream()
            .map(m -> new Difference(m.argument().toString(), m.recordings(), m.reason()))
            .toList(),
        client.deviations().stream()
            .map(d -> new Difference(d.changes().toString(), d.recording(), d.reason()))
            .toList(),
        client.sharedThreads().stream().map(SharedThread::reason).toList());
  }

  private int both(Function<OfVersion, Collection<String>> what) {
    return what.apply(http1).size() + what.apply(http2).size();
  }

  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    Stream.of(http1, http2)
        .forEach(
            of -> {
              of.notApplicable.forEach((name, reason) -> left(name, reason, text));
              of.beyondTheMachine.forEach(name -> left(name, NO_IPV6, text));
            });
    int notApplicable = both(of -> of.notApplicable.keySet()) + both(of -> of.beyondTheMachine);
    return text.append(client)
        .append(": ")
        .append(count())
        .append(" scenarios, ")
        .append(both(of -> of.passed))
        .append(" pass, ")
        .append(both(OfVersion::failed))
        .append(" fail, ")
        .append(notApplicable)
        .append(" not applicable")
        .toString();
  }

  private void left(String scenario, String reason, StringBuilder text) {
    text.append(client).append(": not applicable: ").append(scenario).append(": ");
    text.append(reason).append('\n');
  }
}
