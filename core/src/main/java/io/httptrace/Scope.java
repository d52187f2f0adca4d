package io.httptrace;

/** A {@link TraceContext} that is current on a thread until this is closed. */
public interface Scope extends AutoCloseable {
  /**
   * Makes the context current that was so before. Must be called on the thread that {@linkplain
   * TraceContext#attach() attached} it, the innermost first; a second call does nothing.
   */
  @Override
  void close();
}
