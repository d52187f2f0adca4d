package io.httptrace.client.hooks;

import io.httptrace.adapter.SafeLog;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.connections.ConnectionCloseReason;
import io.httptrace.connections.ConnectionListener;
import io.httptrace.connections.ConnectionWaitInfo;
import io.httptrace.connections.PooledConnectionInfo;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells a listener of the application about connections: one thing after the other, on threads that
 * may block. What it throws is logged, once only.
 */
public final class ConnectionEvents {
  private static final SafeLog LOG = SafeLog.of(ConnectionListener.class);

  private final ConnectionListener listener;
  private final Strand strand;
  private final AtomicBoolean logged = new AtomicBoolean();

  /**
   * Makes the events of one client.
   *
   * @param listener the listener
   * @param executor gives the threads; must not run a task on the thread that brings it
   */
  public ConnectionEvents(ConnectionListener listener, Executor executor) {
    this.listener = listener;
    this.strand = new Strand(executor);
  }

  /** See {@link ConnectionListener#connectionOpened}. */
  public void opened(PooledConnectionInfo connection) {
    tell(() -> listener.connectionOpened(connection));
  }

  /** See {@link ConnectionListener#connectionClosed}. */
  public void closed(PooledConnectionInfo connection, ConnectionCloseReason reason) {
    tell(() -> listener.connectionClosed(connection, reason));
  }

  /** See {@link ConnectionListener#waitEnded}. */
  public void waitEnded(ConnectionWaitInfo wait) {
    tell(() -> listener.waitEnded(wait));
  }

  /** Nothing that goes wrong here, be it for want of a thread, is the connection's concern. */
  private void tell(Runnable call) {
    try {
      strand.execute(
          () -> {
            try {
              call.run();
            } catch (Throwable thrown) {
              log(thrown);
            }
          });
    } catch (Throwable thrown) {
      log(thrown);
    }
  }

  private void log(Throwable thrown) {
    if (logged.compareAndSet(false, true)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the connection listener " + listener.getClass().getName() + " threw; logged once only",
          thrown);
    }
  }
}
