package io.httptrace.conformance.scenarios;

import io.httptrace.conformance.Capability;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.golden.GoldenRecording;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.run.Machine;
import io.httptrace.conformance.run.PlanNeeds;
import io.httptrace.conformance.run.Run;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The scenarios of one theme. A client's own tests have a subclass of each theme that returns the
 * client.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class Scenarios {
  @RegisterExtension final LeakGuard guard = new LeakGuard();

  /** For subclasses. */
  protected Scenarios() {}

  /** {@return the client to run the scenarios against} */
  protected abstract ClientUnderTest client();

  @Test
  @DisplayName("scenarios that do not apply are named, with the reasons")
  final void scenariosThatDoNotApplyAreNamedWithTheReasons() {
    List<Method> methods = methods(getClass());
    Assertions.assertThat(methods).as("scenarios of this theme").isNotEmpty();
    for (Method method : methods) {
      whyNot(method)
          .ifPresent(
              reason -> {
                Assertions.assertThat(reason).as(method.getName()).isNotBlank();
                System.out.println(client().name() + ": not applicable: " + reason);
              });
    }
  }

  final Optional<String> whyNot(Method method) {
    Scenario scenario = method.getAnnotation(Scenario.class);
    Set<Capability> needs = EnumSet.noneOf(Capability.class);
    needs.addAll(PlanNeeds.of(GoldenRecording.load(scenario.value()).plan()));
    needs.addAll(Arrays.asList(scenario.needs()));
    List<String> reasons = new ArrayList<>();
    for (Capability missing : client().capabilities().missing(needs)) {
      reasons.add("needs " + missing + ": " + client().capabilities().absent().get(missing));
    }
    if (needs.contains(Capability.IPV6) && !Machine.hasIpv6Loopback()) {
      reasons.add("needs ::1, which this machine does not have");
    }
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of(scenario.value() + " " + String.join("; ", reasons));
  }

  final Run newRun(Method method) {
    String name = method.getAnnotation(Scenario.class).value();
    return new Run(client(), GoldenRecording.load(name), guard);
  }

  /** {@return the scenarios of a theme, sorted by name} */
  static List<Method> methods(Class<?> theme) {
    List<Method> methods = new ArrayList<>();
    for (Class<?> c = theme; c != null && c != Scenarios.class; c = c.getSuperclass()) {
      Arrays.stream(c.getDeclaredMethods())
          .filter(m -> m.isAnnotationPresent(Scenario.class))
          .forEach(methods::add);
    }
    methods.sort(Comparator.comparing(Method::getName));
    return methods;
  }
}
