package io.httptrace.jdk;

/** What the JDK's client tells, at one or more {@link HookPoint}s. */
enum Event {
  /** A request is sent. */
  CALL,
  /** The future of its response has been made. */
  CALL_RESULT,
  /** The caller has cancelled it. */
  CALL_CANCELLED,
  /** A round trip begins. */
  ROUND_TRIP,
  /** The future of its response has been made. */
  ROUND_TRIP_RESULT,
  /** The address of the target is about to be looked up, if it is not an address already. */
  LOOKUP,
  /** The address has been looked up. */
  LOOKED_UP,
  /** The pool is about to be asked, and the proxy's name looked up. */
  POOL,
  /** There is a connection: a pooled one, or one to dial. */
  CONNECTION,
  /** There may be a connection of HTTP/2 that is shared. */
  SHARED_CONNECTION,
  /** A connection is about to be made. */
  CONNECT,
  /** The future of the connect has been made. */
  CONNECT_RESULT,
  /** A connect has failed and may be tried again. */
  CONNECT_FAILED,
  /** The future of a tunnel has been made. */
  TUNNEL_RESULT,
  /** The future of a proxy's answer has been made. */
  TUNNEL_ANSWER,
  /** The future of the handshake, or of a plain connection that is ready, has been made. */
  READY_RESULT,
  /** The head of a request has been composed for HTTP/1.1. */
  HEAD,
  /** The head of a request has been composed for HTTP/2. */
  HTTP2_HEAD,
  /** The future of the sent head has been made. */
  HEAD_SENT_RESULT,
  /** What was written has left the client: more is asked for. */
  FLUSHED,
  /** The future of the sent body has been made. */
  BODY_SENT_RESULT,
  /** Bytes have been read from the connection. */
  BYTES_ARRIVED,
  /** A response is about to be parsed. */
  RESPONSE_BYTES,
  /** The head of a response has been read on a stream. */
  HTTP2_RESPONSE_HEAD,
  /** The future of the head of a response has been made. */
  RESPONSE_RESULT,
  /** A connection is about to be put back into the pool. */
  RETURNED_TO_POOL,
  /** The body of a response has been read. */
  BODY_READ,
  /** The future of a body has been made. */
  BODY_RESULT,
  /** Reading has failed. */
  READ_FAILED,
  /** Reading has been stopped. */
  READ_STOPPED,
  /** An exchange is cancelled. */
  EXCHANGE_CANCELLED,
  /** A stream has been reset by the server. */
  STREAM_RESET,
  /** A stream has been closed. */
  STREAM_CLOSED,
  /** The caller does not want the rest of a body. */
  BODY_ABANDONED,
  /** A body is not wanted. */
  BODY_IGNORED
}
