package io.httptrace.attach;

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
import io.httptrace.WroteRequestInfo;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call as a client would tell it, at times that are known. */
final class ToldCall {
  static final Instant START = Instant.parse("2026-01-01T10:20:30.456Z");
  private static final long MILLISECOND = 1_000_000;
  private static final SocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);

  private final TraceRecorder recorder =
      TraceRecorder.builder().wallClock(() -> START).nanoTime(() -> 0).build();
  private int roundTrip;
  private long now;

  private interface Hook {
    void call(ClientTrace trace) throws IOException;
  }

  private ToldCall tell(long millis, Hook hook) {
    now += millis;
    try {
      EventStamp.of(now * MILLISECOND, roundTrip, 1)
          .withRequestId(1)
          .run(() -> hook.call(recorder));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  ToldCall start(RoundTripReason reason, String uri) {
    roundTrip++;
    int number = roundTrip;
    return tell(
        0,
        trace ->
            trace.roundTripStart(RoundTripStartInfo.of(number, reason, "GET", URI.create(uri))));
  }

  /** 10 ms of lookup, 20 ms of connecting. */
  ToldCall connects() {
    return tell(0, trace -> trace.dnsStart(DnsStartInfo.of("a.test")))
        .tell(10, trace -> trace.dnsDone(DnsDoneInfo.of(List.of(), null, false)))
        .tell(0, trace -> trace.connectStart("tcp", PEER))
        .tell(20, trace -> trace.connectDone("tcp", PEER, null))
        .gets(false);
  }

  ToldCall gets(boolean reused) {
    ConnectionInfo connection = ConnectionInfo.of(1, PEER, PEER, "HTTP/1.1", null, reused ? 1 : 0);
    return tell(
        0, trace -> trace.gotConn(GotConnInfo.of(connection, reused, reused, Duration.ZERO)));
  }

  /** 10 ms of writing, 50 ms of waiting, 10 ms of reading. */
  ToldCall answers(int status) {
    return tell(10, trace -> trace.wroteRequest(WroteRequestInfo.of(null)))
        .tell(50, trace -> trace.gotFirstResponseByte())
        .tell(0, trace -> trace.gotResponse(GotResponseInfo.of(status, "HTTP/1.1", Map.of())))
        .ends(10, RoundTripOutcome.COMPLETED, null);
  }

  /** 40 ms of connecting in vain. */
  ToldCall refuses() {
    ConnectException error = new ConnectException("Connection refused");
    return tell(0, trace -> trace.connectStart("tcp", PEER))
        .tell(40, trace -> trace.connectDone("tcp", PEER, error))
        .ends(0, RoundTripOutcome.FAILED, error);
  }

  ToldCall ends(long millis, RoundTripOutcome outcome, @Nullable Throwable error) {
    return tell(millis, trace -> trace.roundTripDone(RoundTripDoneInfo.of(outcome, null, error)));
  }

  Timeline timeline() {
    return recorder.timeline();
  }
}
