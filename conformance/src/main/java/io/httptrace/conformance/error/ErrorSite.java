package io.httptrace.conformance.error;

/**
 * Where an error was reported. The same exception can mean different things at different places.
 */
public enum ErrorSite {
  /** {@code dnsDone}. */
  LOOKUP,
  /** {@code connectDone}. */
  CONNECT,
  /** {@code tlsHandshakeDone}. */
  HANDSHAKE,
  /** {@code wroteRequest}. */
  WRITE,
  /** {@code putIdleConn}. */
  POOL,
  /** The request failed before its response was returned. */
  REQUEST,
  /** Reading the response body failed. */
  BODY
}
