package io.httptrace;

/** Why the pool makes a request wait. */
public enum ConnWaitReason {
  /** All connections the limit for one host allows are in use. */
  HOST_LIMIT,
  /** All streams the peer allows on the HTTP/2 connection are in use. */
  STREAM_LIMIT,
  /** A dial that was started for another request will serve this one too. */
  PENDING_DIAL,
  /**
   * The HTTP/2 connection has gone silent, and has yet to show that it is alive. The request waits
   * for that or for a new connection, which it dials itself if the limit for one host allows it.
   */
  SILENT_CONNECTION
}
