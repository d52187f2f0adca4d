package io.httptrace.apache;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.adapter.SafeLog;
import java.util.EnumSet;
import java.util.Set;

/** How well each hook is reported. */
final class ApacheSupports {
  /** Who builds the connection manager of a client: without an operator nothing of connecting. */
  enum Pool {
    /** {@link ApacheTracing} does. */
    BUILT,
    /** The application does, and passes it to {@link ApacheTracing}. */
    PASSED,
    /** The application does, behind the back of {@link ApacheTracing}. */
    REPLACED
  }

  private static final HookSupport[] CLASSIC = {
    classic(Pool.BUILT, false),
    classic(Pool.BUILT, true),
    classic(Pool.PASSED, false),
    classic(Pool.PASSED, true)
  };

  private static final HookSupport CLASSIC_REPLACED = classicReplaced();

  private static final HookSupport ASYNC_BUILT = async(Pool.BUILT);
  private static final HookSupport ASYNC_PASSED = async(Pool.PASSED);
  private static final HookSupport ASYNC_REPLACED = async(Pool.REPLACED);

  private ApacheSupports() {}

  /**
   * {@return the support of the classic client}
   *
   * @param pool who has built its connection manager
   * @param socks whether connections go through a SOCKS proxy
   */
  static HookSupport ofClassic(Pool pool, boolean socks) {
    return pool == Pool.REPLACED
        ? CLASSIC_REPLACED
        : CLASSIC[(pool == Pool.PASSED ? 2 : 0) + (socks ? 1 : 0)];
  }

  private static HookSupport classic(Pool pool, boolean socks) {
    HookSupport.Builder support = HookSupport.builder();
    connWait(support);
    if (socks) {
      String reason = "the handshake with the SOCKS proxy is part of connecting";
      support
          .approximate(reason, Hook.CONNECT_DONE)
          .never(reason, Hook.PROXY_CONNECT_START, Hook.PROXY_CONNECT_DONE);
    }
    if (pool != Pool.BUILT) {
      withoutOperator(support);
    }
    return support.build();
  }

  /**
   * {@return the support of the asynchronous client}
   *
   * @param pool who has built its connection manager
   */
  static HookSupport ofAsync(Pool pool) {
    return switch (pool) {
      case BUILT -> ASYNC_BUILT;
      case PASSED -> ASYNC_PASSED;
      case REPLACED -> ASYNC_REPLACED;
    };
  }

  private static HookSupport async(Pool pool) {
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
    if (pool == Pool.REPLACED) {
      support.never("the connection manager was replaced", Hook.CONN_WAIT_START);
    } else {
      connWait(support);
    }
    if (pool != Pool.BUILT) {
      withoutOperator(support);
    }
    return support.build();
  }

  private static void connWait(HookSupport.Builder support) {
    support.approximate(
        "seen in the figures of the pool: not called if a connection is given back at that moment,"
            + " and also called if another request to the same host begins to wait then",
        Hook.CONN_WAIT_START);
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

  private static HookSupport classicReplaced() {
    Set<Hook> never = EnumSet.allOf(Hook.class);
    never.removeAll(
        Set.of(Hook.ROUND_TRIP_START, Hook.GET_CONN, Hook.GOT_RESPONSE, Hook.ROUND_TRIP_DONE));
    return HookSupport.builder()
        .never(
            "another connection manager was set after ApacheTracing had been installed",
            never.toArray(new Hook[0]))
        .build();
  }

  /**
   * Logs that a connection manager was replaced.
   *
   * @param consequence what that means
   */
  static void warnOfManager(String consequence) {
    SafeLog.of(ApacheTracing.class)
        .log(
            System.Logger.Level.WARNING,
            "another connection manager was set after ApacheTracing had been installed: "
                + consequence
                + " are not called; logged once only",
            new IllegalStateException("pass the connection manager to ApacheTracing.install"));
  }
}
