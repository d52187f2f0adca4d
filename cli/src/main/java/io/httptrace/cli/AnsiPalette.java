package io.httptrace.cli;

import io.httptrace.timeline.PhaseKind;

/** Colours of the picture, by what they are for. */
enum AnsiPalette {
  /** No colour: text stays as it is. */
  PLAIN,
  /** The sixteen colours of any terminal, by ECMA-48 sequences. */
  COLOR;

  private static final String RESET = "\u001b[0m";

  /** What is painted. */
  enum Ink {
    /** What a block of lines is about. */
    HEADING("1"),
    /** What matters less. */
    FAINT("2"),
    /** A success. */
    GOOD("32"),
    /** Neither a success nor a failure. */
    NEUTRAL("33"),
    /** A failure. */
    BAD("1;31"),
    /** Waiting for the pool. */
    QUEUE("90"),
    /** Looking up a name. */
    DNS("36"),
    /** Connecting. */
    CONNECT("33"),
    /** What a proxy takes. */
    PROXY("93"),
    /** TLS handshakes. */
    TLS("35"),
    /** Sending. */
    REQUEST("32"),
    /** Waiting for the server. */
    WAIT("34"),
    /** Receiving. */
    RESPONSE("96");

    private final String code;

    Ink(String code) {
      this.code = code;
    }

    /**
     * {@return the ink of a kind of phase}
     *
     * @param kind the kind
     */
    static Ink of(PhaseKind kind) {
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

  /**
   * {@return the text in an ink}
   *
   * @param ink the ink
   * @param text the text, on one line
   */
  String paint(Ink ink, String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + ink.code + "m" + text + RESET;
  }
}
