package io.httptrace;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** An immutable carrier of a trace. */
public final class TraceContext {
  private static final TraceContext EMPTY = new TraceContext(null);

  private final @Nullable ClientTrace trace;

  private TraceContext(@Nullable ClientTrace trace) {
    this.trace = trace;
  }

  /** {@return the context without a trace} */
  public static TraceContext empty() {
    return EMPTY;
  }

  /** {@return the context that is current on this thread} */
  public static TraceContext current() {
    return EMPTY;
  }

  /**
   * {@return a new context}
   *
   * @param newer the trace to register
   */
  public TraceContext withClientTrace(ClientTrace newer) {
    return new TraceContext(requireNonNull(newer, "trace"));
  }

  /** {@return the composed trace, or null} */
  public @Nullable ClientTrace clientTrace() {
    return trace;
  }
}
