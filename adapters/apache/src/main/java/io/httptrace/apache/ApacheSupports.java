package io.httptrace.apache;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.adapter.SafeLog;
import java.util.EnumSet;
import java.util.Set;

/** How well each hook is reported. */
final class ApacheSupports {
  /**
   * If the client has a connection manager that was set behind the back of {@link ApacheTracing}.
   */
  static final HookSupport WITHOUT_MANAGER = withoutManager();

  private static final HookSupport[] CLASSIC = {
    classic(false, false), classic(false, true), classic(true, false), classic(true, true)
  };

  private static final HookSupport[] ASYNC = {async(false), async(true)};

  private ApacheSupports() {}

  /**
   * {@return the support of the classic client}
   *
   * @param ownOperator whether connections are made by an operator of this package
   * @param socks whether connections go through a SOCKS proxy
   */
  static HookSupport ofClassic(boolean ownOperator, boolean socks) {
    return CLASSIC[(ownOperator ? 2 : 0) + (socks ? 1 : 0)];
  }

  private static HookSupport classic(boolean ownOperator, boolean socks) {
    HookSupport.Builder support =
        HookSupport.builder()
            .approximate(
                "asked of the pool: also called if another request to the same host begins to wait"
                    + " at that moment",
                Hook.CONN_WAIT_START);
    if (socks) {
      String reason = "the handshake with the SOCKS proxy is part of connecting";
      support
          .approximate(reason, Hook.CONNECT_DONE)
          .never(reason, Hook.PROXY_CONNECT_START, Hook.PROXY_CONNECT_DONE);
    }
    if (!ownOperator) {
      withoutOperator(support);
    }
    return support.build();
  }

  /**
   * {@return the support of the asynchronous client}
   *
   * @param ownOperator whether connections are made by an operator of this package
   */
  static HookSupport ofAsync(boolean ownOperator) {
    return ASYNC[ownOperator ? 1 : 0];
  }

  private static HookSupport async(boolean ownOperator) {
    HookSupport.Builder support =
        HookSupport.builder()
            .stamped(
                "called when the client is about to write, because only then it shows the"
                    + " connection",
                Hook.GOT_CONN)
            .approximate(
                "the client gives the connection back when the application has seen the end of the"
                    + " body",
                Hook.PUT_IDLE_CONN)
            .approximate(
                "of a request with a body, called when it is in the client's buffer, just before it"
                    + " is sent",
                Hook.WROTE_HEADERS,
                Hook.WROTE_REQUEST)
            .approximate(
                "called when the head of the first response has been read; a 100 does not count",
                Hook.GOT_FIRST_RESPONSE_BYTE)
            .never("the client does not show a 100", Hook.GOT_100_CONTINUE)
            .approximate("the client does not show a 100", Hook.GOT_1XX_RESPONSE);
    if (!ownOperator) {
      withoutOperator(support);
    }
    return support.build();
  }

  private static void withoutOperator(HookSupport.Builder support) {
    support.never(
        "the client has a connection manager that ApacheTracing has not built",
        Hook.DNS_START,
        Hook.DNS_DONE,
        Hook.CONNECT_START,
        Hook.CONNECT_DONE,
        Hook.TLS_HANDSHAKE_START,
        Hook.TLS_HANDSHAKE_DONE);
  }

  private static HookSupport withoutManager() {
    Set<Hook> never = EnumSet.allOf(Hook.class);
    never.removeAll(
        Set.of(Hook.ROUND_TRIP_START, Hook.GET_CONN, Hook.GOT_RESPONSE, Hook.ROUND_TRIP_DONE));
    return HookSupport.builder()
        .never(
            "another connection manager was set after ApacheTracing had been installed",
            never.toArray(new Hook[0]))
        .build();
  }

  static void warnOfManager() {
    SafeLog.of(ApacheTracing.class)
        .log(
            System.Logger.Level.WARNING,
            "another connection manager was set after ApacheTracing had been installed: most hooks"
                + " are not called; logged once only",
            new IllegalStateException("pass the connection manager to ApacheTracing.install"));
  }
}
