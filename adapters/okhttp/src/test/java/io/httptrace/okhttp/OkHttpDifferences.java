package io.httptrace.okhttp;

import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Deviation.Absent;
import io.httptrace.conformance.Deviation.Additional;
import io.httptrace.conformance.Deviation.Replaced;
import io.httptrace.conformance.HookArgument;
import io.httptrace.conformance.MaskedArgument;
import java.util.List;

/** Where OkHttp differs from the recordings. */
final class OkHttpDifferences {
  private static final String KEPT =
      "a call keeps its connection while it is redirected to the same host";
  private static final Replaced KEPT_CONNECTION =
      new Replaced(
          "r1.gotConn(reused=true wasIdle=true idleTime>0=true)",
          "r1.gotConn(reused=true wasIdle=false idleTime>0=false)");

  private static final String PUT_IDLE = "r1.putIdleConn(err=none)";

  private OkHttpDifferences() {}

  static Capabilities capabilities() {
    return Capabilities.all()
        .without(Capability.FALLBACK_DELAY, "the delay is always 250 ms")
        .without(Capability.EXPECT_CONTINUE_TIMEOUT, "it waits until the limit for reading")
        .without(
            Capability.IDLE_CLOSE_NOTICED, "it looks at an idle connection when it is used again")
        .without(
            Capability.CANCEL_AFTER_SENDING,
            "a request without a body is still in the buffer when wroteRequest is called")
        .without(
            Capability.MAX_IDLE_CONNECTIONS,
            "another thread closes the connection that is one too many, a little later")
        .without(Capability.MAX_IDLE_CONNECTIONS_PER_HOST, "the pool has one limit for all hosts")
        .without(
            Capability.MAX_CONNECTIONS_PER_HOST, "the dispatcher limits calls, not connections")
        .without(Capability.MAX_RESPONSE_HEADER_BYTES, "the limit is always 256 KiB")
        .without(Capability.LATE_BINDING, "a call that dials waits for its own connection")
        .without(Capability.COALESCED_LOOKUPS, "lookups are not shared")
        .without(Capability.VETO, "informational responses are skipped in silence")
        .without(Capability.INFORMATIONAL_LIMIT, "any number is skipped")
        .without(
            Capability.RETRY_ONLY_IDEMPOTENT,
            "it repeats any request on a connection that turns out to be dead")
        .without(Capability.RETRY_REFUSED_STREAM, "it does so only if the host has another address")
        .without(
            Capability.RESET_KEEPS_CONNECTION, "after a reset the next call gets a new connection")
        .without(Capability.TLS_TO_PROXY, "it speaks no TLS to a proxy")
        .without(
            Capability.SOCKS_CREDENTIALS,
            "the JDK's sockets ask an Authenticator that is set for the whole process")
        .without(
            Capability.PROXY_CREDENTIALS_IN_ADVANCE,
            "for http targets it sends credentials only when the proxy has asked for them")
        .without(
            Capability.EARLY_RESPONSE, "it reads the response when the request has been written")
        .without(
            Capability.INTERRUPTIBLE_LOOKUP, "Dns is blocking, and its thread is not interrupted")
        .without(Capability.COOKIE_SPLITTING, "it sends all cookies in one field")
        .without(
            Capability.UNREAD_BODY_CLOSES,
            "it reads on for up to 100 ms, and keeps the connection if the body ends by then")
        .without(Capability.NO_BODY_IN_304, "it reads as much as Content-Length says");
  }

  static List<MaskedArgument> maskedArguments() {
    return List.of(
        new MaskedArgument(
            HookArgument.CONNECT_DONE_ERROR,
            "request-timeout-during-connect",
            "OkHttp cancels a call that is out of time, and says so at the end of the call only"));
  }

  static List<Deviation> deviations() {
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
            "malformed-status-line",
            "OkHttp tells of a response when its head has been read, and this one has none",
            List.of(new Absent("r1.gotFirstResponseByte"))),
        new Deviation(
            "h2-unsolicited-100",
            "OkHttp shows a 100 only by beginning a body that waited for it; here none did",
            List.of(new Absent("r1.got100Continue"))));
  }
}
