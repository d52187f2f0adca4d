package io.httptrace.cli;

import io.httptrace.ConnWaitReason;
import io.httptrace.timeline.PhaseKind;

/** The names of phases, the same in the picture, the messages and the JSON. */
final class Phases {
  private Phases() {}

  /**
   * {@return the name of a kind of phase}
   *
   * @param kind the kind
   */
  static String name(PhaseKind kind) {
    return switch (kind) {
      case QUEUE -> "queue";
      case DNS -> "dns";
      case CONNECT -> "connect";
      case PROXY_TLS -> "proxy-tls";
      case PROXY_CONNECT -> "proxy";
      case TLS -> "tls";
      case REQUEST -> "request";
      case WAIT -> "wait";
      case RESPONSE -> "response";
    };
  }

  /**
   * {@return what a request waits for}
   *
   * @param reason the reason
   */
  static String waitReason(ConnWaitReason reason) {
    return switch (reason) {
      case HOST_LIMIT -> "host-limit";
      case STREAM_LIMIT -> "stream-limit";
      case PENDING_DIAL -> "pending-dial";
      case SILENT_CONNECTION -> "silent-connection";
    };
  }
}
