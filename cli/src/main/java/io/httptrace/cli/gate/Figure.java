package io.httptrace.cli.gate;

import io.httptrace.timeline.PhaseKind;
import org.jspecify.annotations.Nullable;

/** What is measured of a request, in the order in which it happens; the names are the picture's. */
public enum Figure {
  /** From when the request should have started, by a given rate, until it did. */
  LATE("late"),
  /** The phase {@link PhaseKind#QUEUE}. */
  QUEUE(PhaseKind.QUEUE.label()),
  /** The phase {@link PhaseKind#DNS}. */
  DNS(PhaseKind.DNS.label()),
  /** The phases {@link PhaseKind#CONNECT} together: to the end of the attempt that succeeded. */
  CONNECT(PhaseKind.CONNECT.label()),
  /** The phase {@link PhaseKind#PROXY_TLS}. */
  PROXY_TLS(PhaseKind.PROXY_TLS.label()),
  /** The phase {@link PhaseKind#PROXY_CONNECT}. */
  PROXY(PhaseKind.PROXY_CONNECT.label()),
  /** The phase {@link PhaseKind#TLS}. */
  TLS(PhaseKind.TLS.label()),
  /** The phase {@link PhaseKind#REQUEST}. */
  REQUEST(PhaseKind.REQUEST.label()),
  /** The phase {@link PhaseKind#WAIT}. */
  WAIT(PhaseKind.WAIT.label()),
  /** The phase {@link PhaseKind#RESPONSE}. */
  RESPONSE(PhaseKind.RESPONSE.label()),
  /** From the start to the first byte of the last response. */
  TTFB("ttfb"),
  /** From the start to the end. */
  TOTAL("total");

  private final String label;

  Figure(String label) {
    this.label = label;
  }

  /** {@return its name} */
  public String label() {
    return label;
  }

  /**
   * {@return the figure of a kind of phase}
   *
   * @param kind the kind
   */
  public static Figure of(PhaseKind kind) {
    return switch (kind) {
      case QUEUE -> QUEUE;
      case DNS -> DNS;
      case CONNECT -> CONNECT;
      case PROXY_TLS -> PROXY_TLS;
      case PROXY_CONNECT -> PROXY;
      case TLS -> TLS;
      case REQUEST -> REQUEST;
      case WAIT -> WAIT;
      case RESPONSE -> RESPONSE;
    };
  }

  /** {@return the figure of a name, or null} */
  static @Nullable Figure named(String name) {
    for (Figure figure : values()) {
      if (figure.label.equals(name)) {
        return figure;
      }
    }
    return null;
  }
}
