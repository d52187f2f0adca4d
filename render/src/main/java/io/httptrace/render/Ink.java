package io.httptrace.render;

import io.httptrace.timeline.PhaseKind;

/** What a piece of a picture stands for, and so which colour it may have. */
public enum Ink {
  /** What a block of lines is about. */
  HEADING,
  /** What matters less. */
  FAINT,
  /** A success. */
  GOOD,
  /** Neither a success nor a failure. */
  NEUTRAL,
  /** A failure. */
  BAD,
  /** Waiting for the pool. */
  QUEUE,
  /** Looking up a name. */
  DNS,
  /** Connecting. */
  CONNECT,
  /** What a proxy takes. */
  PROXY,
  /** TLS handshakes. */
  TLS,
  /** Sending. */
  REQUEST,
  /** Waiting for the server. */
  WAIT,
  /** Receiving. */
  RESPONSE;

  /**
   * {@return the ink of a kind of phase}
   *
   * @param kind the kind
   */
  public static Ink of(PhaseKind kind) {
    return switch (kind) {
      case QUEUE -> QUEUE;
      case DNS -> DNS;
      case CONNECT -> CONNECT;
      case PROXY_TLS, PROXY_CONNECT -> PROXY;
      case TLS -> TLS;
      case REQUEST -> REQUEST;
      case WAIT -> WAIT;
      case RESPONSE -> RESPONSE;
    };
  }
}
