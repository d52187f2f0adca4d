package io.httptrace.jetty;

import io.httptrace.Hook;
import io.httptrace.HookSupport;

/** How well each hook is reported. */
final class JettySupports {
  static final HookSupport HTTP1 =
      common()
          .approximate(
              "called when TLS is set up; without ALPN the handshake begins with the first request",
              Hook.TLS_HANDSHAKE_START)
          .build();

  static final HookSupport HTTP2 =
      common()
          .never("connections are shared, so they are not put back", Hook.PUT_IDLE_CONN)
          .never(
              "Jetty does not say how many streams its connections have left", Hook.CONN_WAIT_START)
          .approximate(
              "the pseudo-header fields are made by the same rules as Jetty's",
              Hook.WROTE_HEADER_FIELD)
          .build();

  private JettySupports() {}

  private static HookSupport.Builder common() {
    return HookSupport.builder()
        .approximate(
            "called when the connection is in the pool, where another request may have taken it"
                + " already",
            Hook.PUT_IDLE_CONN)
        .approximate(
            "called when the status line of the first response has been read",
            Hook.GOT_FIRST_RESPONSE_BYTE);
  }
}
