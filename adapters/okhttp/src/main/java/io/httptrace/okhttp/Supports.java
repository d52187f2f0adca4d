package io.httptrace.okhttp;

import io.httptrace.Hook;
import io.httptrace.HookSupport;

/** How well each hook is reported. */
final class Supports {
  private static final HookSupport[] ALL = {
    make(false, false), make(false, true), make(true, false), make(true, true)
  };

  private Supports() {}

  /**
   * {@return the support}
   *
   * @param proxyKnown whether the proxy, or that there is none, is known before the pool is asked
   * @param ownSockets whether sockets come from {@link TimedSocketFactory}
   */
  static HookSupport of(boolean proxyKnown, boolean ownSockets) {
    return ALL[(proxyKnown ? 2 : 0) + (ownSockets ? 1 : 0)];
  }

  private static HookSupport make(boolean proxyKnown, boolean ownSockets) {
    HookSupport.Builder support =
        HookSupport.builder()
            .never(
                "OkHttp has no event for a tunnel, and the handshake with a SOCKS proxy is part of"
                    + " connecting",
                Hook.PROXY_CONNECT_START,
                Hook.PROXY_CONNECT_DONE)
            .never("calls wait in OkHttp's dispatcher, before they begin", Hook.CONN_WAIT_START)
            .never("OkHttp skips informational responses in silence", Hook.GOT_1XX_RESPONSE)
            .approximate(
                "a lookup that failed is reported when OkHttp gives up, a little later",
                Hook.DNS_DONE)
            .stamped(
                "called when the connection is ready, because only then OkHttp says what ALPN has"
                    + " agreed on",
                Hook.TLS_HANDSHAKE_DONE)
            .approximate(
                "called when the whole head is in OkHttp's buffer or, over HTTP/2, has been sent",
                Hook.WROTE_HEADER_FIELD)
            .approximate(
                "called when the head is in OkHttp's buffer; it is sent with the first part of the"
                    + " body",
                Hook.WROTE_HEADERS)
            .approximate(
                "of a request without a body, called just before it is sent", Hook.WROTE_REQUEST)
            .approximate(
                "called when the head of the first response has been read",
                Hook.GOT_FIRST_RESPONSE_BYTE)
            .approximate(
                "called when OkHttp begins with the body, which means that it got a 100",
                Hook.GOT_100_CONTINUE);
    if (!proxyKnown) {
      support.approximate(
          "a proxy that a ProxySelector chooses is not known yet: the target is named",
          Hook.GET_CONN);
    }
    if (!ownSockets) {
      support.approximate(
          "the client has a SocketFactory of its own: called when the next step begins",
          Hook.CONNECT_DONE);
    }
    return support.build();
  }
}
