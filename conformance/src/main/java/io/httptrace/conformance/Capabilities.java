package io.httptrace.conformance;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What a client can do, and the reason for each capability that it lacks. Immutable. */
public final class Capabilities {
  private static final Capabilities ALL = new Capabilities(new EnumMap<>(Capability.class));

  private final Map<Capability, String> reasons;

  private Capabilities(Map<Capability, String> reasons) {
    this.reasons = Collections.unmodifiableMap(reasons);
  }

  /** {@return all capabilities} */
  public static Capabilities all() {
    return ALL;
  }

  /**
   * {@return a few capabilities, for a small client}
   *
   * @param reason why the client lacks all others; not blank
   * @param capabilities those that it has
   */
  public static Capabilities only(String reason, Capability... capabilities) {
    Capabilities few = ALL;
    for (Capability capability : EnumSet.complementOf(setOf(capabilities))) {
      few = few.without(capability, reason);
    }
    return few;
  }

  private static EnumSet<Capability> setOf(Capability... capabilities) {
    EnumSet<Capability> set = EnumSet.noneOf(Capability.class);
    Collections.addAll(set, capabilities);
    return set;
  }

  /**
   * {@return these without one}
   *
   * @param capability the capability that the client lacks
   * @param reason why, for readers of the support matrix; not blank
   */
  public Capabilities without(Capability capability, String reason) {
    requireNonNull(capability, "capability");
    if (reason.isBlank()) {
      throw new IllegalArgumentException("no reason for the absence of " + capability);
    }
    Map<Capability, String> more = new EnumMap<>(Capability.class);
    more.putAll(reasons);
    more.put(capability, reason);
    return new Capabilities(more);
  }

  /**
   * {@return whether the client has a capability}
   *
   * @param capability the capability
   */
  public boolean has(Capability capability) {
    return !reasons.containsKey(requireNonNull(capability, "capability"));
  }

  /** {@return the capabilities that the client lacks, with the reasons} */
  public Map<Capability, String> absent() {
    return reasons;
  }

  /**
   * {@return those of some capabilities that the client lacks}
   *
   * @param needed the capabilities
   */
  public Set<Capability> missing(Collection<Capability> needed) {
    Set<Capability> missing = EnumSet.noneOf(Capability.class);
    missing.addAll(needed);
    missing.retainAll(reasons.keySet());
    return missing;
  }
}
