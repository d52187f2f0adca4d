package io.httptrace;

/**
 * A {@link TraceContext} that is current on a thread until this is closed.
 *
 * <p>Meant for try-with-resources, so that scopes close in the reverse order of their opening. Used
 * otherwise, it does no harm: see {@link #close()}.
 */
public interface Scope extends AutoCloseable {
  /**
   * Makes the context current that was so before, on the thread that {@linkplain
   * TraceContext#attach() attached} it.
   *
   * <p>A second call does nothing. A call on another thread does nothing either: the scope stays
   * open, and its own thread can still close it. If a scope that was opened later on the same
   * thread is still open, that one stays current, and the closed context does not come back when it
   * is closed in turn.
   */
  @Override
  void close();
}
