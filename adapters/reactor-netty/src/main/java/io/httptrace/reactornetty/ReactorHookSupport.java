package io.httptrace.reactornetty;

import io.httptrace.Hook;
import io.httptrace.HookSupport;

/** How well each hook is reported. */
final class ReactorHookSupport {
  /** Over HTTP/1.1. */
  static final HookSupport HTTP1 = both().build();

  /** Of a client that may speak HTTP/2. */
  static final HookSupport HTTP2 =
      both()
          .approximate(
              "over HTTP/2, called when the frame of the head has been read",
              Hook.GOT_FIRST_RESPONSE_BYTE)
          .build();

  private ReactorHookSupport() {}

  private static HookSupport.Builder both() {
    return HookSupport.builder()
        .never("the pool does not say that a request waits", Hook.CONN_WAIT_START)
        .never(
            "Reactor Netty does not wait for 100: it sends the body at once",
            Hook.WAIT_100_CONTINUE)
        .stamped(
            "of a request that is sent again because its connection was dead, called when the"
                + " next connection is made or found",
            Hook.ROUND_TRIP_START,
            Hook.GET_CONN,
            Hook.ROUND_TRIP_DONE);
  }
}
