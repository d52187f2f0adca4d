package io.httptrace.conformance.run;

import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.error.LookupException;
import io.httptrace.conformance.golden.Plan;
import io.httptrace.conformance.time.Gate;
import java.util.Map;

/** The names of a plan. A lookup that the plan answers late waits for a gate instead. */
final class PlannedNames {
  private final FakeResolver resolver = new FakeResolver();
  private final Gate held = new Gate();

  PlannedNames(Plan plan) {
    Map<String, Plan.Name> names = plan.dns();
    if (names != null) {
      names.forEach(this::add);
    }
  }

  FakeResolver resolver() {
    return resolver;
  }

  Gate held() {
    return held;
  }

  private void add(String host, Plan.Name name) {
    if (name.result() != null) {
      fail(host, name.result());
      return;
    }
    String[] addresses = name.addrs().toArray(new String[0]);
    for (int delay : name.delaysMs()) {
      if (delay == 0) {
        resolver.resolves(host, addresses);
      } else {
        resolver.resolvesAfter(host, held, addresses);
      }
    }
    if (name.delaysMs().isEmpty()) {
      resolver.resolves(host, addresses);
    }
  }

  private void fail(String host, String result) {
    switch (result) {
      case "nxdomain" -> resolver.fails(host, LookupException.Kind.NOT_FOUND);
      case "servfail" -> resolver.fails(host, LookupException.Kind.SERVER_FAILURE);
      case "timeout" -> resolver.hangs(host);
      default -> throw new IllegalArgumentException(result);
    }
  }
}
