package io.httptrace.asynchttpclient;

import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Deviation.Absent;
import io.httptrace.conformance.Deviation.Additional;
import io.httptrace.conformance.Deviation.Replaced;
import io.httptrace.conformance.MaskedArgument;
import java.util.ArrayList;
import java.util.List;

/** Where AsyncHttpClient differs from the recordings. */
final class AhcDifferences {
  private static final String KEPT =
      "a call keeps its connection while it is redirected on the same host";
  private static final Replaced KEPT_CONNECTION =
      new Replaced(
          "r1.gotConn(reused=true wasIdle=true idleTime>0=true)",
          "r1.gotConn(reused=true wasIdle=false idleTime>0=false)");

  private static final String PUT_IDLE = "r1.putIdleConn(err=none)";

  private static final String REPEATS =
      "it repeats any request that got no answer, on a new connection too; for the scenarios that"
          + " is off";

  private AhcDifferences() {}

  static Capabilities capabilities() {
    Capabilities all =
        Capabilities.all()
            .without(Capability.FALLBACK_DELAY, "addresses are tried one after the other")
            .without(
                Capability.EXPECT_CONTINUE_TIMEOUT, "it waits until the limit for the response")
            .without(Capability.MAX_IDLE_CONNECTIONS, "the pool has no limit")
            .without(Capability.MAX_IDLE_CONNECTIONS_PER_HOST, "the pool has no limit")
            .without(
                Capability.MAX_CONNECTIONS_PER_HOST,
                "a request waits for a connection to be closed, and does not take one that is idle"
                    + " by then")
            .without(Capability.LATE_BINDING, "a call that dials waits for its own connection")
            .without(Capability.COALESCED_LOOKUPS, "lookups are not told as shared")
            .without(Capability.RETRY, REPEATS)
            .without(Capability.RETRY_ONLY_IDEMPOTENT, REPEATS)
            .without(Capability.RETRY_REFUSED_STREAM, REPEATS)
            .without(Capability.IDEMPOTENCY_KEY, REPEATS)
            .without(Capability.INFORMATIONAL_LIMIT, "any number is skipped")
            .without(Capability.UPGRADE, "it upgrades for WebSockets only")
            .without(
                Capability.SOCKS,
                "its handshake with the proxy is part of connecting, so that the hooks differ:"
                    + " SocksTest has them")
            .without(Capability.SOCKS_NAMES, "it looks up the target's name itself")
            .without(Capability.SOCKS_CREDENTIALS, "as for SOCKS")
            .without(Capability.COOKIE_SPLITTING, "it sends all cookies in one field")
            .without(
                Capability.DIAL_AT_STREAM_LIMIT,
                "a request waits for a stream of the one connection to its host")
            .without(
                Capability.HTTP2_WITHOUT_KEEP_ALIVE,
                "it shares HTTP/2 connections whether keep-alive is on or off");
    return AhcTestConfig.hasHttp2()
        ? all
        : all.without(Capability.HTTP2, "it speaks HTTP/2 from 3.0.8 on")
            .without(
                Capability.INFORMATIONAL_RESPONSES,
                "a version as old as this takes any but 100 for the final one")
            .without(Capability.TLS_TO_PROXY, "it speaks TLS to a proxy from 3.0.8 on");
  }

  static List<MaskedArgument> maskedArguments() {
    return List.of();
  }

  static List<Deviation> deviations() {
    List<Deviation> all = new ArrayList<>(ofAllVersions());
    if (!AhcTestConfig.hasHttp2()) {
      all.add(withCharset("h1-post-length"));
      all.add(withCharset("h1-post-chunked"));
    }
    return all;
  }

  private static Deviation withCharset(String recording) {
    return new Deviation(
        recording,
        "a version as old as this adds a charset",
        List.of(
            new Replaced(
                "r1.wroteHeaderField(content-type=[\"text/plain\"])",
                "r1.wroteHeaderField(content-type=[\"text/plain; charset=UTF-8\"])")));
  }

  private static List<Deviation> ofAllVersions() {
    return List.of(
        new Deviation(
            "redirect-302-same-host",
            KEPT,
            List.of(KEPT_CONNECTION, new Absent(PUT_IDLE), new Additional(PUT_IDLE, 1, 1))),
        new Deviation(
            "redirect-303-post",
            KEPT,
            List.of(KEPT_CONNECTION, new Absent(PUT_IDLE), new Additional(PUT_IDLE, 1, 1))),
        new Deviation(
            "redirect-302-cross-host",
            "it sends the next request before it has read the response to its end",
            List.of(new Absent(PUT_IDLE), new Additional(PUT_IDLE, 2, 2))),
        new Deviation(
            "early-response-while-uploading",
            "it keeps the connection, although it still sends the body",
            List.of(new Additional(PUT_IDLE, 1, 1))),
        refused(502),
        refused(407),
        new Deviation(
            "h1-expect-final-*",
            "it keeps the connection, although the server may wait for the body",
            List.of(new Additional(PUT_IDLE, 1, 1))));
  }

  private static Deviation refused(int status) {
    return new Deviation(
        "proxy-connect-" + status,
        "it gives the application what the proxy has answered to CONNECT",
        List.of(
            new Replaced(
                "r1.roundTripReturned(err=proxy-connect-" + status + ")",
                "r1.roundTripReturned(" + status + " HTTP/1.1)"),
            new Additional("r1.bodyDone(bytes=0 err=none)", 1, 1),
            new Additional("r1.bodyClosed", 1, 1)));
  }
}
