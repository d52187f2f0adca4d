package io.httptrace.reactornetty;

import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Deviation.SameErrors;
import io.httptrace.conformance.Deviation.Unordered;
import io.httptrace.conformance.HookArgument;
import io.httptrace.conformance.MaskedArgument;
import java.util.List;
import java.util.Set;

/** Where Reactor Netty differs from the recordings. */
final class ReactorDifferences {
  private static final String RETURNED =
      "it reads on while the caller, on another thread, gets the response";
  private static final String RESPONSE = "*.roundTripReturned(*)";

  private ReactorDifferences() {}

  static Capabilities capabilities() {
    return Capabilities.all()
        .without(Capability.FALLBACK_DELAY, "addresses are tried one after the other")
        .without(Capability.EXPECT_CONTINUE, "it does not wait for 100: it sends the body at once")
        .without(
            Capability.EXPECT_CONTINUE_TIMEOUT,
            "it does not wait for 100: it sends the body at once")
        .without(Capability.KEEP_ALIVE_OFF, "over HTTP/2 it keeps a connection without a pool, too")
        .without(Capability.MAX_IDLE_CONNECTIONS, "the pool limits all connections, idle or not")
        .without(
            Capability.MAX_IDLE_CONNECTIONS_PER_HOST,
            "the pool limits all connections, idle or not")
        .without(Capability.LATE_BINDING, "a call that dials waits for its own connection")
        .without(Capability.COALESCED_LOOKUPS, "it does not say whether a lookup was shared")
        .without(
            Capability.CONNECTION_HEADER,
            "it keeps a connection although the request asked to close it, if the response does"
                + " not")
        .without(
            Capability.INFORMATIONAL_RESPONSES,
            "it takes an informational response other than 100 for the final one")
        .without(Capability.INFORMATIONAL_LIMIT, "any number of 100s is skipped")
        .without(
            Capability.RETRY, "a request is sent again only if nothing of it had been sent before")
        .without(
            Capability.RETRY_REFUSED_STREAM,
            "a request is sent again only if nothing of it had been sent before")
        .without(Capability.PROXY_WITHOUT_TUNNEL, "it opens a tunnel for http targets, too")
        .without(Capability.TLS_TO_PROXY, "it speaks no TLS to a proxy")
        .without(
            Capability.RELEASE_BEFORE_REDIRECT,
            "it asks for the next connection before it gives the first one back")
        .without(
            Capability.UNREAD_BODY_CLOSES,
            "a small body that comes with the head has been read: its connection is kept");
  }

  static List<MaskedArgument> maskedArguments() {
    return List.of(
        MaskedArgument.of(
            HookArgument.DNS_DONE_ADDRESSES, "Reactor Netty tells the first address only"),
        new MaskedArgument(
            HookArgument.CONNECT_DONE_ERROR,
            "request-timeout-during-connect",
            "Reactor has no time limit for a request but a timer that cancels it"),
        new MaskedArgument(
            HookArgument.DNS_DONE_ERROR,
            "request-timeout-during-dns",
            "Reactor has no time limit for a request but a timer that cancels it"));
  }

  static List<Deviation> deviations() {
    return List.of(
        Deviation.sometimes(
            "*",
            RETURNED + "; a response without a body is returned first",
            List.of(new Unordered(RESPONSE, "*.putIdleConn(err=none)"))),
        Deviation.sometimes(
            "max-conns-per-host-*",
            RETURNED + ", and the next call gets the connection",
            List.of(new Unordered("r1.roundTripReturned(*)", "r2.*"))),
        Deviation.sometimes(
            "early-response-while-uploading",
            RETURNED + ", and the end of the response ends the request",
            List.of(new Unordered(RESPONSE, "*.wroteRequest(*)"))),
        new Deviation(
            "h2-rst-after-headers",
            "it says the same of a stream that is reset and of a connection that ends",
            List.of(new SameErrors(Set.of("eof", "stream-reset")))));
  }
}
