package io.httptrace.render;

import io.httptrace.ByteCounts;
import io.httptrace.ClientTrace;
import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.WroteRequestInfo;
import io.httptrace.conformance.timelines.HookScript;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parts of calls that are told hook by hook. Times are in milliseconds. */
final class TimelineStories {
  private TimelineStories() {}

  /** A response with one field. */
  static RoundTrip headers(String name, List<String> values) {
    return SampleTimelines.of(
            script -> {
              connected(script, "GET", null);
              sent(script, 2);
              answered(script, 3, Map.of(name, values));
              done(script, 4, 100);
            })
        .roundTrips()
        .get(0);
  }

  /** A whole call: connected until 1, sent until 2, waiting until 6, received until 10. */
  static Timeline call(String method, Map<String, List<String>> headers) {
    return SampleTimelines.of(
        script -> {
          connected(script, method, null);
          sent(script, 2);
          answered(script, 6, headers);
          done(script, 10, 100);
        });
  }

  /** Fields in their order, from names and values in turn. */
  static Map<String, List<String>> fields(String... namesAndValues) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return fields;
  }

  /** Dials from 0 to 1. With TLS it takes all of that. */
  static void connected(HookScript script, String method, @Nullable TlsConnectionState tls) {
    InetSocketAddress there = new InetSocketAddress(SampleTimelines.V4, tls == null ? 80 : 443);
    URI uri = URI.create((tls == null ? "http" : "https") + "://example.test/");
    InetSocketAddress here = new InetSocketAddress(SampleTimelines.V4, 50_000);
    ConnectionInfo connection = ConnectionInfo.of(1, here, there, "HTTP/1.1", tls, 0);
    script
        .at(
            0,
            trace ->
                trace.roundTripStart(RoundTripStartInfo.of(1, RoundTripReason.FIRST, method, uri)))
        .at(0, trace -> trace.getConn("example.test:" + there.getPort()))
        .on(1);
    if (tls == null) {
      script
          .at(0, trace -> trace.connectStart("tcp", there))
          .at(1_000, trace -> trace.connectDone("tcp", there, null));
    } else {
      script
          .at(0, ClientTrace::tlsHandshakeStart)
          .at(1_000, trace -> trace.tlsHandshakeDone(tls, null));
    }
    script.at(
        1_000, trace -> trace.gotConn(GotConnInfo.of(connection, false, false, Duration.ZERO)));
  }

  static void sent(HookScript script, int millis) {
    script
        .at(millis * 1_000L, trace -> trace.wroteHeaderField("Host", List.of("example.test")))
        .at(millis * 1_000L, trace -> trace.wroteHeaderField("Cookie", List.of("a=secret")))
        .at(millis * 1_000L, ClientTrace::wroteHeaders)
        .at(millis * 1_000L, trace -> trace.wroteRequest(WroteRequestInfo.of(null)));
  }

  static void answered(HookScript script, int millis, Map<String, List<String>> headers) {
    script
        .at(millis * 1_000L, ClientTrace::gotFirstResponseByte)
        .at(
            millis * 1_000L,
            trace -> trace.gotResponse(GotResponseInfo.of(200, "HTTP/1.1", headers)));
  }

  static void done(HookScript script, int millis, long received) {
    script.at(
        millis * 1_000L,
        trace ->
            trace.roundTripDone(
                RoundTripDoneInfo.of(
                    RoundTripOutcome.COMPLETED, ByteCounts.of(40, received, 0, received), null)));
  }

  /** A call that gets a certificate, from a server that was asked for by a name. */
  static Timeline certified(String serverName, X509Certificate... chain) {
    TlsConnectionState tls =
        TlsConnectionState.of(
            "TLSv1.3", "TLS_AES_128_GCM_SHA256", "http/1.1", false, serverName, List.of(chain));
    return SampleTimelines.of(
        script -> {
          connected(script, "GET", tls);
          sent(script, 2);
          answered(script, 6, Map.of());
          done(script, 10, 100);
        });
  }
}
