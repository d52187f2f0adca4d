package io.httptrace.timeline;

import io.httptrace.Hook;
import java.util.List;

/** The phases of a round trip, in the order in which they can happen. */
public enum PhaseKind {
  /** Waiting for the pool: a host limit, a stream limit, or another request's dial. */
  QUEUE("queue", Hook.CONN_WAIT_START),
  /** Looking up a host name. */
  DNS("dns", Hook.DNS_START, Hook.DNS_DONE),
  /** One attempt to connect to one address. */
  CONNECT("connect", Hook.CONNECT_START, Hook.CONNECT_DONE),
  /** The TLS handshake with an HTTPS proxy. */
  PROXY_TLS("proxy-tls", Hook.TLS_HANDSHAKE_START, Hook.TLS_HANDSHAKE_DONE),
  /** Asking a proxy for a tunnel. */
  PROXY_CONNECT("proxy", Hook.PROXY_CONNECT_START, Hook.PROXY_CONNECT_DONE),
  /** The TLS handshake with the target. */
  TLS("tls", Hook.TLS_HANDSHAKE_START, Hook.TLS_HANDSHAKE_DONE),
  /** Sending the request: from the connection obtained to the last byte handed over. */
  REQUEST("request", Hook.GOT_CONN, Hook.WROTE_REQUEST),
  /** Waiting for the first byte of the response, after the request has been sent. */
  WAIT("wait", Hook.WROTE_REQUEST, Hook.GOT_FIRST_RESPONSE_BYTE),
  /** Receiving the response: from its first byte to its end. */
  RESPONSE("response", Hook.GOT_FIRST_RESPONSE_BYTE, Hook.ROUND_TRIP_DONE);

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // It is a copy, which cannot be changed.
  private final List<Hook> hooks;

  PhaseKind(String label, Hook... hooks) {
    this.label = label;
    this.hooks = List.of(hooks);
  }

  /**
   * {@return its name in pictures, messages and JSON: short, in lower case, such as {@code
   * proxy-tls}} Does not change from release to release.
   */
  public String label() {
    return label;
  }

  /**
   * {@return the hooks without which there is no phase of this kind: those that mark its start and
   * its end; unmodifiable}
   */
  public List<Hook> hooks() {
    return hooks;
  }
}
