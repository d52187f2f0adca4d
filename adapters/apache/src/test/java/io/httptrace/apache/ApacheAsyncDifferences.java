package io.httptrace.apache;

import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Deviation.Absent;
import io.httptrace.conformance.Deviation.Additional;
import io.httptrace.conformance.Deviation.Replaced;
import io.httptrace.conformance.Deviation.SameErrors;
import io.httptrace.conformance.Deviation.Unordered;
import java.util.List;
import java.util.Set;

/** Where the asynchronous client differs from the recordings. */
final class ApacheAsyncDifferences {
  private static final String KEPT =
      "a request keeps its connection while it is redirected to the same host";
  private static final Replaced KEPT_CONNECTION =
      new Replaced(
          "r1.gotConn(reused=true wasIdle=true idleTime>0=true)",
          "r1.gotConn(reused=true wasIdle=false idleTime>0=false)");

  private static final String CANCELLATION =
      "a race of its threads decides whether a cancellation reaches the exchange, or the lease of"
          + " the connection, which is over";

  private static final String PUT_IDLE = "r1.putIdleConn(err=none)";

  private ApacheAsyncDifferences() {}

  static Capabilities capabilities() {
    return Capabilities.all()
        .without(Capability.COMPRESSION, "its older versions do not decode")
        .without(Capability.KEEP_ALIVE_OFF, "over HTTP/2 connections are always kept")
        .without(Capability.FALLBACK_DELAY, "it tries addresses one after the other")
        .without(Capability.MAX_IDLE_CONNECTIONS, "the pool limits all connections")
        .without(Capability.MAX_IDLE_CONNECTIONS_PER_HOST, "the pool limits all connections")
        .without(
            Capability.MAX_RESPONSE_HEADER_BYTES,
            "it limits the fields and the length of each line")
        .without(Capability.LATE_BINDING, "a request that dials waits for its own connection")
        .without(Capability.COALESCED_LOOKUPS, "lookups are not shared")
        .without(Capability.INFORMATIONAL_LIMIT, "any number is skipped")
        .without(Capability.UPGRADE, "it switches to TLS only")
        .without(Capability.REQUEST_TIMEOUT, "a request has no time limit as a whole")
        .without(Capability.REQUEST_TIMEOUT_COVERS_BODY, "a request has no time limit as a whole")
        .without(Capability.SOCKS_NAMES, "it looks names up itself")
        .without(
            Capability.INTERRUPTIBLE_LOOKUP,
            "DnsResolver is blocking, and its thread is not interrupted")
        .without(Capability.CANCEL, CANCELLATION)
        .without(Capability.CANCEL_AFTER_SENDING, CANCELLATION)
        .without(Capability.CANCEL_BODY, CANCELLATION)
        .without(
            Capability.EARLY_RESPONSE,
            "it is through with a request only when the whole body has been sent")
        .without(
            Capability.FINAL_RESPONSE_LEAVES_BODY, "it sends the body if the response is a success")
        .without(Capability.UNREAD_BODY_CLOSES, "who does not want the rest cancels the request")
        .without(Capability.CLOSE_BODY_EARLY, "who does not want the rest cancels the request")
        .without(
            Capability.EXPECT_CONTINUE_TIMEOUT, "over HTTP/2 it waits for the server without limit")
        .without(
            Capability.DIAL_AT_STREAM_LIMIT,
            "it opens one stream too many, and fails if the server refuses it")
        .without(
            Capability.RESET_KEEPS_CONNECTION, "it closes the connection of a request that fails")
        .without(
            Capability.FAILURE_KEEPS_CONNECTION, "it closes the connection of a request that fails")
        .without(
            Capability.RETRY,
            "a race of its threads decides whether a failure is told twice, and ends the request")
        .without(
            Capability.RETRY_AFTER_GOAWAY, "a request that GOAWAY leaves out waits without limit")
        .without(
            Capability.HTTP2_CONTENT_LENGTH, "over HTTP/2 it does not tell the length of a body")
        .without(Capability.RETRY_REFUSED_STREAM, "the error is not one of those that it repeats")
        .without(Capability.TLS_TO_PROXY, "it speaks no TLS inside of TLS")
        .without(Capability.COOKIE_SPLITTING, "it sends all cookies in one field");
  }

  static List<Deviation> deviations() {
    return List.of(
        new Deviation(
            "*", "the client does not show a 100", List.of(new Absent("*.got1xxResponse(100 *)"))),
        new Deviation(
            "h2-*",
            "over HTTP/2 it does not tell the length of the body",
            List.of(new Absent("*.wroteHeaderField(content-length=*)"))),
        Deviation.sometimes(
            "max-conns-per-host-*",
            "an I/O thread can be through with a response before the caller's thread sees its head",
            List.of(new Unordered("r1.*", "r2.*"))),
        new Deviation(
            "malformed-status-line",
            "it shows a response when its head has been read, and this one has none",
            List.of(new Absent("r1.gotFirstResponseByte"))),
        new Deviation(
            "tls-server-closes",
            "the JDK's engine takes the end of the connection for an error of TLS",
            List.of(new SameErrors(Set.of("eof", "tls-other")))),
        ClassicDifferences.refusedTunnel(407),
        ClassicDifferences.refusedTunnel(502),
        new Deviation(
            "redirect-302-same-host",
            KEPT,
            List.of(KEPT_CONNECTION, new Absent(PUT_IDLE), new Additional(PUT_IDLE, 1, 1))),
        new Deviation(
            "redirect-303-post",
            KEPT,
            List.of(KEPT_CONNECTION, new Absent(PUT_IDLE), new Additional(PUT_IDLE, 1, 1))));
  }
}
