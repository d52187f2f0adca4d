package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well a client, or an adapter for one, can report each hook. Immutable.
 *
 * <p>A client says it at the start of each round trip ({@link RoundTripStartInfo#hookSupport()}).
 * So a missing event is clear: it did not happen, or it could not be observed.
 */
public final class HookSupport {

  /** How well one hook is reported. */
  public enum Level {
    /** It is called when its event happens, in the order that {@link ClientTrace} describes. */
    EXACT,
    /** It is called later, with the true time of its event in {@link EventStamp#nanoTime()}. */
    STAMPED,
    /** It is called, but its time, order or arguments are approximate. */
    APPROXIMATE,
    /** It is never called: the event cannot be observed in the client. */
    NEVER
  }

  private record Limit(Level level, String reason) {}

  private static final HookSupport ALL_EXACT = builder().build();

  private final Map<Hook, Limit> limits;

  private HookSupport(Map<Hook, Limit> limits) {
    this.limits = Collections.unmodifiableMap(new EnumMap<>(limits));
  }

  /** {@return the support of a client that reports every hook exactly; always the same object} */
  public static HookSupport allExact() {
    return ALL_EXACT;
  }

  /** {@return a builder, in which every hook is {@link Level#EXACT} at first} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return how well a hook is reported}
   *
   * @param hook the hook
   */
  public Level level(Hook hook) {
    Limit limit = limits.get(requireNonNull(hook, "hook"));
    return limit == null ? Level.EXACT : limit.level();
  }

  /**
   * {@return why a hook is not reported exactly, in a few words for people; null if it is {@link
   * Level#EXACT}}
   *
   * @param hook the hook
   */
  public @Nullable String reason(Hook hook) {
    Limit limit = limits.get(requireNonNull(hook, "hook"));
    return limit == null ? null : limit.reason();
  }

  /** {@return whether the other has the same level and reason for every hook} */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HookSupport that && limits.equals(that.limits);
  }

  @Override
  public int hashCode() {
    return limits.hashCode();
  }

  /** {@return the hooks that are not reported exactly, each with its level and reason} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("HookSupport[");
    String separator = "";
    for (Map.Entry<Hook, Limit> entry : limits.entrySet()) {
      Limit limit = entry.getValue();
      text.append(separator).append(entry.getKey()).append(' ').append(limit.level());
      text.append(": ").append(limit.reason());
      separator = ", ";
    }
    return text.append(limits.isEmpty() ? "all EXACT]" : "]").toString();
  }

  /**
   * Builds a {@link HookSupport}. The last call for a hook counts. Not safe for use by several
   * threads.
   */
  public static final class Builder {
    private final Map<Hook, Limit> limits = new EnumMap<>(Hook.class);

    private Builder() {}

    /**
     * Marks hooks that are called late, with their true time.
     *
     * @param reason why, in a few words; not blank
     * @param hooks the hooks
     * @return this builder
     * @throws IllegalArgumentException if the reason is blank
     */
    public Builder stamped(String reason, Hook... hooks) {
      return set(Level.STAMPED, reason, hooks);
    }

    /**
     * Marks hooks whose time, order or arguments are approximate.
     *
     * @param reason why, in a few words; not blank
     * @param hooks the hooks
     * @return this builder
     * @throws IllegalArgumentException if the reason is blank
     */
    public Builder approximate(String reason, Hook... hooks) {
      return set(Level.APPROXIMATE, reason, hooks);
    }

    /**
     * Marks hooks that are never called.
     *
     * @param reason why, in a few words; not blank
     * @param hooks the hooks
     * @return this builder
     * @throws IllegalArgumentException if the reason is blank
     */
    public Builder never(String reason, Hook... hooks) {
      return set(Level.NEVER, reason, hooks);
    }

    private Builder set(Level level, String reason, Hook... hooks) {
      requireNonNull(reason, "reason");
      if (reason.isBlank()) {
        throw new IllegalArgumentException("the reason is blank");
      }
      for (Hook hook : hooks) {
        limits.put(requireNonNull(hook, "hook"), new Limit(level, reason));
      }
      return this;
    }

    /** {@return the levels and reasons set so far} */
    @Override
    public String toString() {
      return "Builder of " + build();
    }

    /** {@return the support; later calls of this builder do not change it} */
    public HookSupport build() {
      return new HookSupport(limits);
    }
  }
}
