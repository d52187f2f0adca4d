package io.httptrace.conformance.scenarios;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.HookSupport.Level;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.golden.GoldenRecording;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.run.Findings;
import io.httptrace.conformance.run.Machine;
import io.httptrace.conformance.run.PlanNeeds;
import io.httptrace.conformance.run.Run;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One scenario: a recording, and the method that sets up its servers. */
final class ScenarioCase {
  /** Threads and uncaught exceptions cannot be attributed to one of several scenarios. */
  private static final Object ONE_AT_A_TIME = new Object();

  private final Method method;
  private final GoldenRecording recording;

  private ScenarioCase(Method method) {
    this.method = method;
    this.recording = GoldenRecording.load(method.getAnnotation(Scenario.class).value());
  }

  /** {@return the scenarios of a theme, sorted by the names of their methods} */
  static List<ScenarioCase> of(Class<?> theme) {
    return Arrays.stream(theme.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Scenario.class))
        .sorted(Comparator.comparing(Method::getName))
        .map(ScenarioCase::new)
        .toList();
  }

  String name() {
    return recording.name();
  }

  String description() {
    return recording.description();
  }

  boolean isHttp2() {
    return recording.isHttp2();
  }

  /** {@return where the method is, for a test tool} */
  URI source() {
    String where = method.getDeclaringClass().getName() + "#" + method.getName();
    return URI.create("method:" + where + "(" + Run.class.getName() + ")");
  }

  /** {@return why it does not apply to a client, one reason after the other; empty if it does} */
  List<String> whyNot(ClientUnderTest client) {
    List<String> reasons = new ArrayList<>();
    for (Capability missing : client.capabilities().missing(needs())) {
      reasons.add(missing + ": " + client.capabilities().absent().get(missing));
    }
    HookSupport support = isHttp2() ? client.supportOverHttp2() : client.support();
    for (Hook hook : hooks()) {
      if (support.level(hook) == Level.NEVER) {
        reasons.add(hook + ": " + support.reason(hook));
      }
    }
    return reasons;
  }

  /** {@return whether the machine lacks what it needs} */
  boolean isBeyondTheMachine() {
    return needs().contains(Capability.IPV6) && !Machine.hasIpv6Loopback();
  }

  private Set<Capability> needs() {
    Set<Capability> needs = EnumSet.noneOf(Capability.class);
    needs.addAll(PlanNeeds.of(recording.plan()));
    Collections.addAll(needs, method.getAnnotation(Scenario.class).needs());
    return needs;
  }

  private Set<Hook> hooks() {
    Set<Hook> hooks = EnumSet.noneOf(Hook.class);
    hooks.addAll(PlanNeeds.hooksOf(recording.plan()));
    Collections.addAll(hooks, method.getAnnotation(Scenario.class).hooks());
    return hooks;
  }

  /**
   * Runs it. What it leaves behind fails it too.
   *
   * @return what has been found
   */
  Findings run(ClientUnderTest client, Duration patience) throws Throwable {
    synchronized (ONE_AT_A_TIME) {
      LeakGuard guard = new LeakGuard(patience).sharing(client.sharedThreads());
      guard.begin();
      Run run = new Run(client, recording, guard);
      run.patience(patience);
      Throwable failure = null;
      try {
        play(run);
      } catch (Throwable e) {
        failure = e;
      }
      List<String> leaks = guard.end();
      if (!leaks.isEmpty()) {
        AssertionError left = new AssertionError("left behind:\n  " + String.join("\n  ", leaks));
        if (failure == null) {
          throw left;
        }
        failure.addSuppressed(left);
      }
      if (failure != null) {
        throw failure;
      }
      return run.findings();
    }
  }

  private void play(Run run) throws Throwable {
    Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructor();
    constructor.setAccessible(true);
    method.setAccessible(true);
    try {
      method.invoke(constructor.newInstance(), run);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
