package io.httptrace.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.Hook;
import io.httptrace.HookSupport.Level;
import org.junit.jupiter.api.Test;
import reactor.netty.http.HttpProtocol;

/** What is said of the hooks depends on what the client may speak. */
final class ReactorHookSupportTest {
  @Test
  void aClientThatMaySpeakHttp2SaysSo() {
    assertThat(ReactorHookSupport.of(HttpProtocol.HTTP11))
        .isEqualTo(ReactorNettyTracing.hookSupport());
    assertThat(ReactorHookSupport.of(HttpProtocol.H2, HttpProtocol.HTTP11))
        .isEqualTo(ReactorNettyTracing.hookSupportOverHttp2());
    assertThat(ReactorHookSupport.of(HttpProtocol.H2C))
        .isEqualTo(ReactorNettyTracing.hookSupportOverHttp2());
  }

  @Test
  void overHttp3NothingIsSaidOfConnections() {
    for (Hook hook : Hook.values()) {
      Level expected =
          switch (hook) {
            case ROUND_TRIP_START, GET_CONN, ROUND_TRIP_DONE -> Level.EXACT;
            case GOT_FIRST_RESPONSE_BYTE, GOT_RESPONSE -> Level.APPROXIMATE;
            default -> Level.NEVER;
          };
      assertThat(ReactorHookSupport.of(HttpProtocol.HTTP3).level(hook))
          .as(hook.toString())
          .isEqualTo(expected);
    }
  }
}
