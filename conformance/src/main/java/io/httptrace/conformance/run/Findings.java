package io.httptrace.conformance.run;

import io.httptrace.Hook;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** What has been found in a scenario that has passed. Used by one thread. */
public final class Findings {
  private final Set<Hook> hooks = EnumSet.noneOf(Hook.class);
  private final Set<Claim> neededClaims = new LinkedHashSet<>();

  Findings() {}

  void add(Set<Hook> called, Set<Claim> needed) {
    hooks.addAll(called);
    neededClaims.addAll(needed);
  }

  /** {@return the hooks that have been called} */
  public Set<Hook> hooks() {
    return Collections.unmodifiableSet(hooks);
  }

  /** {@return what the client says of recordings, as far as it was needed here} */
  public Set<Claim> neededClaims() {
    return Collections.unmodifiableSet(neededClaims);
  }
}
