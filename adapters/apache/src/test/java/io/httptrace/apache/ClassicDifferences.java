package io.httptrace.apache;

import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Deviation.Additional;
import io.httptrace.conformance.Deviation.Replaced;
import io.httptrace.conformance.Deviation.SameErrors;
import java.util.List;
import java.util.Set;

/** Where the classic client differs from the recordings. */
final class ClassicDifferences {
  private ClassicDifferences() {}

  static Capabilities capabilities() {
    return Capabilities.all()
        .without(Capability.HTTP2, "it speaks HTTP/1.1 only")
        .without(Capability.COMPRESSION, "which codings it asks for depends on its version")
        .without(Capability.FALLBACK_DELAY, "it tries addresses one after the other")
        .without(
            Capability.IDLE_CLOSE_NOTICED, "it looks at an idle connection when it is used again")
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
            Capability.SOCKS_CREDENTIALS,
            "the JDK's sockets ask an Authenticator that is set for the whole process")
        .without(
            Capability.EARLY_RESPONSE, "it reads the response when the request has been written")
        .without(
            Capability.INTERRUPTIBLE_LOOKUP,
            "DnsResolver is blocking, and its thread is not interrupted")
        .without(
            Capability.FINAL_RESPONSE_LEAVES_BODY,
            "it sends a small body, or any if the response is a success")
        .without(Capability.UNREAD_BODY_CLOSES, "it reads what is left, and keeps the connection");
  }

  static List<Deviation> deviations() {
    return List.of(
        new Deviation(
            "malformed-status-line",
            "it skips what is not HTTP, and then says that the server failed to respond",
            List.of(new SameErrors(Set.of("eof", "malformed-response")))),
        refusedTunnel(407),
        refusedTunnel(502));
  }

  static Deviation refusedTunnel(int status) {
    return new Deviation(
        "proxy-connect-" + status,
        "the response of a proxy that refuses a tunnel is the one that the application gets",
        List.of(
            new Replaced(
                "r1.roundTripReturned(err=proxy-connect-" + status + ")",
                "r1.roundTripReturned(" + status + " HTTP/1.1)"),
            new Additional("r1.bodyDone(bytes=0 err=none)", 1, 1),
            new Additional("r1.bodyClosed", 1, 1)));
  }
}
