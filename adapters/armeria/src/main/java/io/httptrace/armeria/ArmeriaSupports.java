package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientFactoryOptions;
import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.proxy.ProxyConfigSelector;
import io.httptrace.Hook;
import io.httptrace.HookSupport;

/** How well each hook is reported. */
final class ArmeriaSupports {
  private static final int INSTALLED = 1;
  private static final int HTTP1 = 2;
  private static final int PROXY_KNOWN = 4;
  private static final int PIPELINING = 8;

  private static final HookSupport[] ALL = new HookSupport[16];

  static {
    for (int facts = 0; facts < ALL.length; facts++) {
      ALL[facts] = make(facts);
    }
  }

  private ArmeriaSupports() {}

  /**
   * {@return the support of a client whose factory has the hooks installed, and whose proxy is set
   * or that has none}
   *
   * @param http1 whether it speaks HTTP/1.1 only
   */
  static HookSupport usual(boolean http1) {
    return ALL[INSTALLED | PROXY_KNOWN | (http1 ? HTTP1 : 0)];
  }

  /** {@return the support of a round trip} */
  static HookSupport of(ClientRequestContext ctx) {
    ClientFactoryOptions options = ctx.options().factory().options();
    int facts = ArmeriaFactoryHooks.of(options) == null ? 0 : INSTALLED;
    facts |= ctx.sessionProtocol().isExplicitHttp1() ? HTTP1 : 0;
    facts |= isKnown(options.proxyConfigSelector()) ? PROXY_KNOWN : 0;
    facts |= options.useHttp1Pipelining() ? PIPELINING : 0;
    return ALL[facts];
  }

  /** {@return whether a selector always selects the same: then it may be asked once more} */
  static boolean isKnown(ProxyConfigSelector selector) {
    return selector.getClass().getSimpleName().equals("StaticProxyConfigSelector");
  }

  private static boolean has(int facts, int fact) {
    return (facts & fact) != 0;
  }

  private static HookSupport make(int facts) {
    HookSupport.Builder support =
        HookSupport.builder()
            .approximate(
                "Armeria does not tell: called when the response has been read, if nothing is known"
                    + " that would keep the connection out of the pool",
                Hook.PUT_IDLE_CONN);
    if (!has(facts, INSTALLED)) {
      withoutFactory(support);
    } else if (!has(facts, HTTP1)) {
      support.stamped(
          "called at once, but for a request that waits for another's connection and then has to"
              + " dial itself: called when it is connected",
          Hook.CONNECT_START,
          Hook.CONNECT_DONE,
          Hook.TLS_HANDSHAKE_START,
          Hook.TLS_HANDSHAKE_DONE);
    }
    if (has(facts, HTTP1)) {
      support.never("HTTP/1.1 has no connections to wait for", Hook.CONN_WAIT_START);
    } else {
      support
          .stamped("called when the connection of the other request is ready", Hook.CONN_WAIT_START)
          .approximate(
              "over HTTP/2, the fields are told as Armeria is about to encode them",
              Hook.WROTE_HEADER_FIELD);
    }
    if (!has(facts, PROXY_KNOWN)) {
      support.approximate(
          "a proxy that a selector chooses is not known yet: the target is named", Hook.GET_CONN);
    }
    if (has(facts, PIPELINING)) {
      pipelining(support);
    }
    return support.build();
  }

  private static void withoutFactory(HookSupport.Builder support) {
    support
        .stamped(
            "the ClientFactory has not been prepared: called when the connection is ready, or has"
                + " failed, from Armeria's timings",
            Hook.DNS_START,
            Hook.CONNECT_START,
            Hook.TLS_HANDSHAKE_START,
            Hook.TLS_HANDSHAKE_DONE)
        .approximate(
            "the ClientFactory has not been prepared: told from Armeria's timings, which have no"
                + " addresses",
            Hook.DNS_DONE)
        .approximate(
            "the ClientFactory has not been prepared: told from Armeria's timings, in which"
                + " connecting ends where TLS or, without TLS, HTTP begins",
            Hook.CONNECT_DONE)
        .never(
            "the ClientFactory has not been prepared",
            Hook.PROXY_CONNECT_START,
            Hook.PROXY_CONNECT_DONE);
  }

  private static void pipelining(HookSupport.Builder support) {
    support
        .never(
            "with pipelining, it is not known whose informational response it is",
            Hook.GOT_100_CONTINUE,
            Hook.GOT_1XX_RESPONSE)
        .approximate(
            "with pipelining, the fields are told as Armeria is about to encode them",
            Hook.WROTE_HEADER_FIELD)
        .approximate(
            "with pipelining, called when the head has been read",
            Hook.GOT_FIRST_RESPONSE_BYTE,
            Hook.GOT_RESPONSE);
  }
}
