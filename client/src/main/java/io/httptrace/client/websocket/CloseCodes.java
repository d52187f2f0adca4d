package io.httptrace.client.websocket;

import java.util.Set;

/** The status codes of Close messages (RFC 6455, section 7.4). */
final class CloseCodes {
  /** Stands for a Close message without a code; never sent. */
  static final int NO_STATUS = 1005;

  /** Stands for a connection that ended without a Close message; never sent. */
  static final int CLOSED_ABNORMALLY = 1006;

  /** The peer violated the protocol. */
  static final int PROTOCOL_ERROR = 1002;

  /** A text is not UTF-8. */
  static final int NOT_CONSISTENT = 1007;

  /** Codes for servers or for the protocol itself, and codes that must never be sent. */
  private static final Set<Integer> NOT_FOR_CALLERS =
      Set.of(1002, 1003, 1004, 1005, 1006, 1007, 1009, 1010, 1012, 1013, 1015);

  private CloseCodes() {}

  /** {@return whether a caller may send it} */
  static boolean maySend(int code) {
    boolean defined = (code >= 1000 && code <= 1015) || (code >= 3000 && code <= 4999);
    return defined && !NOT_FOR_CALLERS.contains(code);
  }
}
