package io.httptrace.timeline;

import static java.util.Objects.requireNonNull;

import io.httptrace.Addresses;
import io.httptrace.ByteCounts;
import io.httptrace.ClientTrace;
import io.httptrace.ConnectionInfo;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.EventStamp;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.WroteRequestInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plays a client: fires hooks at a recorder, each at a moment, round trip and connection of its
 * own.
 */
final class Script {
  /** Far from zero and about to wrap around: only differences of stamps mean anything. */
  static final long BASE = Long.MAX_VALUE - Duration.ofMillis(2).toNanos();

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final TlsConnectionState TLS_STATE =
      TlsConnectionState.of("TLSv1.3", "TLS_AES_128_GCM_SHA256", "", false, "a.test", List.of());
  static final ByteCounts BYTES = ByteCounts.of(80, 120, 0, 5);

  private long now = BASE;
  private String target = "a.test:80";
  private int roundTrip;
  private long connection;
  private final TraceRecorder recorder;

  Script() {
    this(10_000);
  }

  Script(int maxEvents) {
    recorder =
        TraceRecorder.builder()
            .nanoTime(() -> now)
            .wallClock(() -> START)
            .maxEvents(maxEvents)
            .build();
  }

  Script at(long millis) {
    now = BASE + Duration.ofMillis(millis).toNanos();
    return this;
  }

  /** What is fired from here on belongs to this round trip; 0: the client does not say. */
  Script roundTrip(int number) {
    roundTrip = number;
    return this;
  }

  /** What is fired from here on belongs to this connection; 0: the client does not say. */
  Script conn(long id) {
    connection = id;
    return this;
  }

  Script fire(FiredHook.Call hook) {
    try {
      EventStamp.of(now, roundTrip, connection).run(() -> hook.callHookOf(recorder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Timeline timeline() {
    return recorder.timeline();
  }

  // ---- Hooks, with what they usually have ----

  Script start(int number, RoundTripReason reason, String uri) {
    target = uri.startsWith("https:") ? "a.test:443" : "a.test:80";
    RoundTripStartInfo info = RoundTripStartInfo.of(number, reason, "GET", URI.create(uri));
    return fire(trace -> trace.roundTripStart(info));
  }

  Script first(String uri) {
    return start(1, RoundTripReason.FIRST, uri);
  }

  Script getConn() {
    return getConn(target);
  }

  Script getConn(String hostPort) {
    return fire(trace -> trace.getConn(hostPort));
  }

  Script dnsStart() {
    return fire(trace -> trace.dnsStart(DnsStartInfo.of("a.test")));
  }

  Script dnsDone(@Nullable Throwable error) {
    DnsDoneInfo info =
        DnsDoneInfo.of(error == null ? List.of(Addresses.ip(1)) : List.of(), error, false);
    return fire(trace -> trace.dnsDone(info));
  }

  static SocketAddress server(int host) {
    return Addresses.address(host, 80);
  }

  Script connectStart(int host) {
    return fire(trace -> trace.connectStart("tcp", server(host)));
  }

  Script connectDone(int host, @Nullable Throwable error) {
    return fire(trace -> trace.connectDone("tcp", server(host), error));
  }

  Script tlsStart() {
    return fire(ClientTrace::tlsHandshakeStart);
  }

  Script tlsDone(@Nullable Throwable error) {
    return fire(trace -> trace.tlsHandshakeDone(error == null ? TLS_STATE : null, error));
  }

  Script proxyStart() {
    return fire(trace -> trace.proxyConnectStart(server(8)));
  }

  Script proxyDone(int status, @Nullable Throwable error) {
    return fire(trace -> trace.proxyConnectDone(status, error));
  }

  static ConnectionInfo connection(long id, long requestsBefore) {
    return ConnectionInfo.of(
        id, Addresses.address(9, 4000), server(1), "HTTP/1.1", null, requestsBefore);
  }

  Script gotNew(long id) {
    return got(GotConnInfo.of(connection(id, 0), false, false, Duration.ZERO));
  }

  Script gotIdle(long id, long requestsBefore) {
    return got(GotConnInfo.of(connection(id, requestsBefore), true, true, Duration.ofMillis(7)));
  }

  Script got(GotConnInfo info) {
    return fire(trace -> trace.gotConn(info));
  }

  Script wroteHeaders() {
    return fire(trace -> trace.wroteHeaderField("Host", List.of("a.test")))
        .fire(ClientTrace::wroteHeaders);
  }

  Script wroteRequest() {
    return wroteRequest(null);
  }

  Script wroteRequest(@Nullable Throwable error) {
    return fire(trace -> trace.wroteRequest(WroteRequestInfo.of(error)));
  }

  Script firstByte() {
    return fire(ClientTrace::gotFirstResponseByte);
  }

  Script response(int status) {
    GotResponseInfo info = GotResponseInfo.of(status, "HTTP/1.1", Map.of());
    return fire(trace -> trace.gotResponse(info));
  }

  Script putIdle() {
    return fire(trace -> trace.putIdleConn(null));
  }

  Script done() {
    return done(RoundTripOutcome.COMPLETED, null);
  }

  Script failed(Throwable error) {
    return done(RoundTripOutcome.FAILED, error);
  }

  Script done(RoundTripOutcome outcome, @Nullable Throwable error) {
    return fire(trace -> trace.roundTripDone(RoundTripDoneInfo.of(outcome, BYTES, error)));
  }

  // ---- What came of it ----

  /** {@return a phase as {@code KIND start..end OUTCOME error}, in milliseconds} */
  static String text(Phase phase) {
    StringBuilder text = new StringBuilder();
    text.append(phase.kind());
    text.append(' ').append(phase.start().toMillis());
    text.append("..").append(phase.end().toMillis());
    text.append(' ').append(phase.outcome());
    Throwable error = phase.error();
    text.append(error == null ? "" : " " + error.getMessage());
    return text.append(phase.abandoned() ? " abandoned" : "").toString();
  }

  static List<String> text(List<Phase> phases) {
    return phases.stream().map(Script::text).toList();
  }

  /** {@return the phases of a round trip} */
  List<String> phases(int number) {
    return text(roundTrip(timeline(), number).phases());
  }

  static RoundTrip roundTrip(Timeline timeline, int number) {
    return timeline.roundTrips().stream()
        .filter(roundTrip -> roundTrip.number() == number)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no round trip " + number + " in " + timeline));
  }

  /** {@return the connection of a round trip that has one} */
  ConnectionUse use(int number) {
    return requireNonNull(roundTrip(timeline(), number).connection(), "connection");
  }

  /** {@return the phase in which a round trip died, of a round trip that has one} */
  Phase failedPhase(int number) {
    return requireNonNull(roundTrip(timeline(), number).failedPhase(), "failedPhase");
  }

  /** {@return each round trip as {@code #number start..end OUTCOME}} */
  static List<String> roundTrips(Timeline timeline) {
    List<String> roundTrips = new ArrayList<>();
    for (RoundTrip roundTrip : timeline.roundTrips()) {
      roundTrips.add(
          "#"
              + roundTrip.number()
              + " "
              + roundTrip.start().toMillis()
              + ".."
              + roundTrip.end().toMillis()
              + " "
              + (roundTrip.ended() ? roundTrip.outcome() : "IN_PROGRESS"));
    }
    return roundTrips;
  }
}
