package io.httptrace.reactornetty;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import java.util.EnumSet;
import java.util.Set;
import reactor.netty.http.HttpProtocol;

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

  private static final HookSupport HTTP3 = http3();

  private ReactorHookSupport() {}

  /** {@return the support of a client that may speak some protocols} */
  static HookSupport of(HttpProtocol... protocols) {
    HookSupport support = HTTP1;
    for (HttpProtocol protocol : protocols) {
      if (protocol == HttpProtocol.HTTP3) {
        return HTTP3;
      }
      if (protocol != HttpProtocol.HTTP11) {
        support = HTTP2;
      }
    }
    return support;
  }

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

  private static HookSupport http3() {
    Set<Hook> never = EnumSet.allOf(Hook.class);
    never.removeAll(
        Set.of(
            Hook.ROUND_TRIP_START,
            Hook.GET_CONN,
            Hook.GOT_FIRST_RESPONSE_BYTE,
            Hook.GOT_RESPONSE,
            Hook.ROUND_TRIP_DONE));
    return HookSupport.builder()
        .approximate(
            "over HTTP/3, called when the caller gets the response",
            Hook.GOT_FIRST_RESPONSE_BYTE,
            Hook.GOT_RESPONSE)
        .never("the adapter does not see the connections of HTTP/3", never.toArray(new Hook[0]))
        .build();
  }
}
