package io.httptrace.armeria;

import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Deviation.Absent;
import io.httptrace.conformance.Deviation.Additional;
import io.httptrace.conformance.Deviation.Change;
import io.httptrace.conformance.Deviation.Replaced;
import io.httptrace.conformance.MaskedArgument;
import java.util.ArrayList;
import java.util.List;

/** Where Armeria differs from the recordings. */
final class ArmeriaDifferences {
  private ArmeriaDifferences() {}

  static Capabilities capabilities() {
    return Capabilities.all()
        .without(Capability.TLS_HANDSHAKE_TIMEOUT, "the limit for connecting covers the handshake")
        .without(Capability.FALLBACK_DELAY, "it tries one address only")
        .without(Capability.SEVERAL_ADDRESSES, "it tries one address only")
        .without(Capability.EXPECT_CONTINUE_TIMEOUT, "it waits until the limit for the response")
        .without(Capability.MAX_IDLE_CONNECTIONS, "its pool has no limits")
        .without(Capability.MAX_IDLE_CONNECTIONS_PER_HOST, "its pool has no limits")
        .without(Capability.MAX_CONNECTIONS_PER_HOST, "its pool has no limits")
        .without(Capability.CLOSE_IDLE_CONNECTIONS, "they are closed with the factory only")
        .without(Capability.LATE_BINDING, "a request that dials waits for its own connection")
        .without(Capability.COALESCED_LOOKUPS, "lookups do not say whether they are shared")
        .without(Capability.RESPONSE_HEADER_TIMEOUT, "its limit is for the whole response")
        .without(Capability.UPGRADE, "it takes a 101 for an informational response")
        .without(Capability.INFORMATIONAL_LIMIT, "any number is passed on")
        .without(
            Capability.RETRY, "it repeats requests only with a RetryingClient, as its rules say")
        .without(
            Capability.RETRY_REFUSED_STREAM,
            "it repeats requests only with a RetryingClient, as its rules say")
        .without(Capability.PROXY_WITHOUT_TUNNEL, "it asks an HTTP proxy for a tunnel, always")
        .without(
            Capability.REDIRECTS_TO_OTHER_HOSTS,
            "it tries HTTP/2 with another host, whatever is set")
        .without(
            Capability.EARLY_RESPONSE, "it gives up the request body when the response has come");
  }

  static List<MaskedArgument> maskedArguments() {
    return List.of();
  }

  static List<Deviation> deviations() {
    return List.of(
        new Deviation(
            "h1-expect-without-body",
            "Armeria refuses to send Expect without a body, so it is left out",
            List.of(new Absent("r1.wroteHeaderField(expect=[\"100-continue\"])"))),
        closes("malformed-status-line", "malformed-response"),
        closes("header-too-large", "header-too-large"),
        lookup("dns-name", "r2"),
        lookup("h2-alpn-http1", "r2"),
        lookup("composed-two-traces", "r2/t1", "r2/t2"),
        Deviation.sometimes(
            "stale-idle-noticed",
            "the event loop may notice that the connection is closed before the response has been"
                + " consumed; then it is not put back",
            List.of(new Absent("r1.putIdleConn(err=none)"))),
        refused("407"),
        refused("502"));
  }

  private static Deviation lookup(String recording, String... traces) {
    List<Change> changes = new ArrayList<>();
    for (String trace : traces) {
      changes.add(new Additional(trace + ".dnsStart(example.test)", 1, 1));
      changes.add(new Additional(trace + ".dnsDone([127.0.0.1] err=none coalesced=false)", 1, 1));
    }
    return new Deviation(
        recording, "Armeria looks a name up before it asks its pool, for each request", changes);
  }

  private static Deviation closes(String recording, String word) {
    return new Deviation(
        recording,
        "Armeria closes the connection without a reason when a head cannot be read",
        List.of(
            new Replaced(
                "r1.roundTripReturned(err=" + word + ")", "r1.roundTripReturned(err=eof)")));
  }

  private static Deviation refused(String status) {
    return new Deviation(
        "proxy-connect-" + status,
        "Armeria's caller gets a ClosedChannelException of TLS, and not the proxy's answer",
        List.of(
            new Replaced(
                "r1.roundTripReturned(err=proxy-connect-" + status + ")",
                "r1.roundTripReturned(err=eof)")));
  }
}
