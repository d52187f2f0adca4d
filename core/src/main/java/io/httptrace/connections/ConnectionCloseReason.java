package io.httptrace.connections;

/** Why a connection was closed. */
public enum ConnectionCloseReason {
  /** It was idle for as long as the client keeps idle connections. */
  IDLE_TIMEOUT,
  /** There were more idle connections than the client keeps, to the target or together. */
  TOO_MANY_IDLE,
  /** The application had the idle connections closed. */
  IDLE_CLOSED,
  /**
   * The peer closed it, said that it will (GOAWAY of HTTP/2), or sent something that nobody had
   * asked for, as servers do before they close.
   */
  PEER_CLOSED,
  /**
   * Reading, writing or the protocol failed; or, over HTTP/2, the peer did not answer a PING, or
   * answered no requests, or did not read what was sent.
   */
  ERROR,
  /** The request or the response said that it is good for one exchange only. */
  NOT_REUSABLE,
  /**
   * Its request was given up before its end: it was cancelled, ran out of time, or its response was
   * not read to the end.
   */
  REQUEST_ABANDONED,
  /** When it was there, others had room for all requests that it could have served. */
  NOT_NEEDED,
  /** It had switched to another protocol, such as WebSocket, and that has ended. */
  UPGRADE_ENDED,
  /** The client was closed. */
  CLIENT_CLOSED
}
