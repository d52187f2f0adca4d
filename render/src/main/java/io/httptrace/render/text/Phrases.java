package io.httptrace.render.text;

import io.httptrace.timeline.PhaseKind;

/** What goes on in a phase, as words in a sentence. */
public final class Phrases {
  private Phrases() {}

  /**
   * {@return what goes on: {@code waiting for the server}}
   *
   * @param kind the kind of the phase
   */
  public static String of(PhaseKind kind) {
    return switch (kind) {
      case QUEUE -> "waiting for a connection";
      case DNS -> "looking up the name";
      case CONNECT -> "connecting";
      case PROXY_TLS -> "in the TLS handshake with the proxy";
      case PROXY_CONNECT -> "asking the proxy";
      case TLS -> "in the TLS handshake";
      case REQUEST -> "sending";
      case WAIT -> "waiting for the server";
      case RESPONSE -> "receiving";
    };
  }
}
