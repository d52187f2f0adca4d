package io.httptrace;

/** Why the pool makes a request wait. */
public enum ConnWaitReason {
  /** As many connections to the host are in use as the limit allows. */
  HOST_LIMIT,
  /** All streams that the peer allows on the HTTP/2 connection are in use. */
  STREAM_LIMIT,
  /** A dial that was started for another request will serve this one too. */
  PENDING_DIAL,
  /**
   * Nothing arrives on the HTTP/2 connection any more, and a PING has been sent. The request waits
   * until something arrives, or for a new connection, which it dials itself if the limit for one
   * host allows it.
   */
  SILENT_CONNECTION
}
