package io.httptrace.jetty;

import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Deviation.Absent;
import io.httptrace.conformance.Deviation.Additional;
import io.httptrace.conformance.Deviation.Replaced;
import io.httptrace.conformance.Deviation.SameErrors;
import io.httptrace.conformance.Deviation.Times;
import io.httptrace.conformance.MaskedArgument;
import java.util.List;
import java.util.Set;

/** Where Jetty differs from the recordings. */
final class JettyDifferences {
  private static final String LATER_ERROR =
      "if TLS fails while the request is being written, the request may fail with what follows from"
          + " that: the connection is closed";

  private JettyDifferences() {}

  static Capabilities capabilities() {
    return Capabilities.all()
        .without(Capability.FALLBACK_DELAY, "it tries one address after the other")
        .without(
            Capability.EXPECT_CONTINUE_TIMEOUT, "it waits until the limit for idle connections")
        .without(Capability.MAX_IDLE_CONNECTIONS, "the pool has no limit for idle connections")
        .without(
            Capability.MAX_IDLE_CONNECTIONS_PER_HOST, "the pool has no limit for idle connections")
        .without(
            Capability.BODY_INSTEAD_OF_CONTINUE,
            "it fails the request whose body is not wanted, and then drops what has not been read of"
                + " the response")
        .without(
            Capability.TLS_END_NOTICED,
            "without ALPN one thread writes the request while another reads, and if neither hears of"
                + " the end the request waits for the limit for idle connections")
        .without(
            Capability.SINGLE_DIAL,
            "two threads that find the same request waiting may both make a connection")
        .without(Capability.COALESCED_LOOKUPS, "lookups are not shared")
        .without(Capability.INFORMATIONAL_LIMIT, "any number is read")
        .without(
            Capability.UNREAD_BODY_CLOSES,
            "if it has read a body to its end before that is closed, it keeps the connection")
        .without(Capability.COOKIE_SPLITTING, "it sends all cookies in one field")
        .without(
            Capability.UPGRADE, "it upgrades only to protocols that its transport knows itself")
        .without(Capability.RETRY, "it does not repeat a request that may have been sent")
        .without(
            Capability.RETRY_AFTER_GOAWAY, "it does not repeat a request that may have been sent")
        .without(
            Capability.RETRY_REFUSED_STREAM,
            "it does not repeat a request that may have been sent");
  }

  static List<MaskedArgument> maskedArguments() {
    return List.of();
  }

  static List<Deviation> deviations() {
    return List.of(
        new Deviation(
            "h1-expect-without-body",
            "Jetty takes Expect off a request without a body",
            List.of(new Absent("r1.wroteHeaderField(expect=[\"100-continue\"])"))),
        new Deviation(
            "early-response-while-uploading",
            "Jetty goes on with the upload, and keeps the connection",
            List.of(
                new Replaced("r1.wroteRequest(err=*)", "r1.wroteRequest(err=none)"),
                new Additional("r1.putIdleConn(err=none)", 1, 1))),
        Deviation.sometimes(
            "stale-idle-noticed",
            "if the end of the connection comes right after the response, Jetty may see it before it"
                + " puts the connection back",
            List.of(new Times("r1.putIdleConn(err=none)", 0, 1))),
        new Deviation(
            "malformed-status-line",
            "Jetty tells of a response when its status line has been read, and this one has none",
            List.of(new Absent("r1.gotFirstResponseByte"))),
        new Deviation(
            "server-reset-*",
            "Jetty reads a reset as the end of the connection",
            List.of(new SameErrors(Set.of("eof", "reset")))),
        Deviation.sometimes(
            "tls-to-plaintext-port",
            LATER_ERROR,
            List.of(new SameErrors(Set.of("broken-pipe", "eof", "tls-other")))),
        Deviation.sometimes(
            "tls-unknown-ca",
            LATER_ERROR,
            List.of(new SameErrors(Set.of("broken-pipe", "eof", "tls-unknown-ca")))),
        Deviation.sometimes(
            "tls-wrong-name",
            LATER_ERROR,
            List.of(new SameErrors(Set.of("broken-pipe", "eof", "tls-bad-name")))),
        Deviation.sometimes(
            "upload-reset",
            "Jetty reads a reset as the end of the connection",
            List.of(new SameErrors(Set.of("broken-pipe", "conn-broken", "eof", "reset")))));
  }
}
