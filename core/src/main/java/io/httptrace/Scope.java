package io.httptrace;

/**
 * A {@link TraceContext} that is current on a thread until this is closed.
 *
 * <p>Use it in a try-with-resources statement, so that scopes close in the reverse order of their
 * opening. Another order does no harm: see {@link #close()}.
 */
public interface Scope extends AutoCloseable {
  /**
   * Makes the previous context current again, on the thread that {@linkplain TraceContext#attach()
   * attached} this one.
   *
   * <p>A second call does nothing. A call on another thread does nothing either: the scope stays
   * open, and its own thread can still close it. If a scope that was opened later on the same
   * thread is still open, its context stays current, and closing it does not make this closed
   * context current again.
   */
  @Override
  void close();
}
