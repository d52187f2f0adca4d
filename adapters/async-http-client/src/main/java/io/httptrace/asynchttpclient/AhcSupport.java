package io.httptrace.asynchttpclient;

import io.httptrace.Hook;
import io.httptrace.HookSupport;

/** How well each hook is reported. */
final class AhcSupport {
  private static final String WAITING = "AsyncHttpClient does not tell that a request waits";

  /** For a call that goes directly, or through an HTTP proxy. */
  static final HookSupport DIRECT =
      HookSupport.builder().never(WAITING, Hook.CONN_WAIT_START).build();

  /** For a call through a SOCKS proxy. */
  static final HookSupport SOCKS =
      HookSupport.builder()
          .never(WAITING, Hook.CONN_WAIT_START)
          .never(
              "the handshake with a SOCKS proxy is part of connecting",
              Hook.PROXY_CONNECT_START,
              Hook.PROXY_CONNECT_DONE)
          .approximate(
              "called when the SOCKS proxy has connected to the target, whose address is told",
              Hook.CONNECT_START,
              Hook.CONNECT_DONE)
          .build();

  private AhcSupport() {}
}
