package io.httptrace;

/** Why the pool makes a request wait. */
public enum ConnWaitReason {
  /** All connections the limit for one host allows are in use. */
  HOST_LIMIT,
  /** All streams the peer allows on the HTTP/2 connection are in use. */
  STREAM_LIMIT,
  /** A dial that was started for another request will serve this one too. */
  PENDING_DIAL
}
