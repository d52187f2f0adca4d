package io.httptrace.connections;

/**
 * Is told about the connections of a client: when one opens and closes, and how long requests
 * waited for one. For metrics and logs of a client as a whole; what happens to one request is told
 * by {@link io.httptrace.ClientTrace}.
 *
 * <p>The methods are called one at a time, in the order in which things happened, a little later
 * than they did: on a thread of the client that does no I/O. So a listener may block, which holds
 * up what it is told next, and nothing else. What it throws is logged, once only. Its methods must
 * not wait for the end of the client, which waits for them.
 *
 * <p>Each does nothing unless overridden. More of them may come.
 */
public interface ConnectionListener {

  /**
   * A connection has been opened: it is connected, and TLS and a proxy's tunnel are established.
   * Called once for each connection. An attempt to connect that fails opens none.
   *
   * @param connection the connection, as it was when it opened; no request has been sent on it
   */
  default void connectionOpened(PooledConnectionInfo connection) {}

  /**
   * A connection has been closed, or is about to be: no request will be sent on it any more. Called
   * once for each connection that has been opened, after {@link #connectionOpened}, at the latest
   * when the client closes.
   *
   * @param connection the connection, as it was when it closed: its {@linkplain
   *     PooledConnectionInfo#age() age} is how long it lived
   * @param reason why; the first reason counts if there are several
   */
  default void connectionClosed(PooledConnectionInfo connection, ConnectionCloseReason reason) {}

  /**
   * A request that had to wait for a connection waits no more: one of those for which {@link
   * io.httptrace.ClientTrace#connWaitStart} is called. Called once for each such wait. A request
   * that only waits for its own dial is none.
   *
   * @param wait how long it waited, and what for
   */
  default void waitEnded(ConnectionWaitInfo wait) {}
}
