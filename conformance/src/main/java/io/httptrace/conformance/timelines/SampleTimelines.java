package io.httptrace.conformance.timelines;

import io.httptrace.ByteCounts;
import io.httptrace.ClientTrace;
import io.httptrace.ConnectionInfo;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.WroteRequestInfo;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Calls as they go, told hook by hook: for {@link #of}. Their times and addresses are always the
 * same, and there are secrets in their URLs and fields.
 */
public final class SampleTimelines {
  /** An IPv6 address for documentation (RFC 3849). */
  public static final InetAddress V6 = address("2001:db8::2");

  /** An IPv4 address for documentation (RFC 5737). */
  public static final InetAddress V4 = address("192.0.2.7");

  /** What a handshake agrees on. */
  public static final TlsConnectionState TLS =
      TlsConnectionState.of(
          "TLSv1.3", "TLS_AES_128_GCM_SHA256", "http/1.1", false, "example.test", List.of());

  private static final InetSocketAddress LOCAL = new InetSocketAddress(address("192.0.2.1"), 50000);
  private static final String URL = "https://user:secret@example.test/a?key=secret";

  private SampleTimelines() {}

  /**
   * On a new connection: a lookup, an attempt that fails and one that wins, TLS, all went well.
   *
   * @param script where to tell it
   */
  public static void cold(HookScript script) {
    InetSocketAddress v6 = new InetSocketAddress(V6, 443);
    InetSocketAddress v4 = new InetSocketAddress(V4, 443);
    script
        .at(0, start(1, RoundTripReason.FIRST, "GET", URL))
        .at(100, trace -> trace.getConn("example.test:443"))
        .on(1)
        .at(200, trace -> trace.dnsStart(DnsStartInfo.of("example.test")))
        .at(20_000, trace -> trace.dnsDone(DnsDoneInfo.of(List.of(V6, V4), null, false)))
        .at(20_100, trace -> trace.connectStart("tcp", v6))
        .at(30_000, trace -> trace.connectDone("tcp", v6, new ConnectException("refused")))
        .at(30_000, trace -> trace.connectStart("tcp", v4))
        .at(50_000, trace -> trace.connectDone("tcp", v4, null))
        .at(50_100, ClientTrace::tlsHandshakeStart)
        .at(90_000, trace -> trace.tlsHandshakeDone(TLS, null));
    exchange(script, 90_000, GotConnInfo.of(connection(v4, 0), false, false, Duration.ZERO));
  }

  /**
   * On a connection out of the pool.
   *
   * @param script where to tell it
   */
  public static void pooled(HookScript script) {
    InetSocketAddress v4 = new InetSocketAddress(V4, 443);
    script
        .at(0, start(1, RoundTripReason.FIRST, "GET", URL))
        .at(100, trace -> trace.getConn("example.test:443"))
        .on(1);
    exchange(
        script, 200, GotConnInfo.of(connection(v4, 1), true, true, Duration.ofNanos(1_500_000)));
  }

  /**
   * The one address there is does not answer.
   *
   * @param script where to tell it
   */
  public static void refused(HookScript script) {
    InetSocketAddress closed = new InetSocketAddress(V4, 1);
    ConnectException error = new ConnectException("Connection refused");
    script
        .at(0, start(1, RoundTripReason.FIRST, "GET", "http://192.0.2.7:1/"))
        .at(50, trace -> trace.getConn("192.0.2.7:1"))
        .on(1)
        .at(100, trace -> trace.connectStart("tcp", closed))
        .at(400, trace -> trace.connectDone("tcp", closed, error))
        .at(500, failed(RoundTripOutcome.FAILED, error));
  }

  /**
   * It is cancelled when it has connected, before the handshake.
   *
   * @param script where to tell it
   */
  public static void cancelledBetweenPhases(HookScript script) {
    InetSocketAddress v4 = new InetSocketAddress(V4, 443);
    script
        .at(0, start(1, RoundTripReason.FIRST, "GET", "https://192.0.2.7/"))
        .at(50, trace -> trace.getConn("192.0.2.7:443"))
        .on(1)
        .at(100, trace -> trace.connectStart("tcp", v4))
        .at(400, trace -> trace.connectDone("tcp", v4, null))
        .at(500, failed(RoundTripOutcome.FAILED, new IOException("the client is closed")));
  }

  /**
   * There is no such host.
   *
   * @param script where to tell it
   */
  public static void unknownHost(HookScript script) {
    UnknownHostException error = new UnknownHostException("lookup nowhere.test: no such host");
    script
        .at(0, start(1, RoundTripReason.FIRST, "GET", "http://nowhere.test/"))
        .at(50, trace -> trace.getConn("nowhere.test:80"))
        .at(100, trace -> trace.dnsStart(DnsStartInfo.of("nowhere.test")))
        .at(10_000, trace -> trace.dnsDone(DnsDoneInfo.of(List.of(), error, false)))
        .at(10_100, failed(RoundTripOutcome.FAILED, error));
  }

  /**
   * The pool's connection turns out to be dead, and a retry dials; an attempt of it is given up.
   *
   * @param script where to tell it
   */
  public static void retried(HookScript script) {
    InetSocketAddress v4 = new InetSocketAddress(V4, 80);
    InetSocketAddress v6 = new InetSocketAddress(V6, 80);
    IOException reset = new IOException("Connection reset");
    script
        .at(0, start(1, RoundTripReason.FIRST, "GET", "http://example.test/"))
        .at(0, trace -> trace.getConn("example.test:80"))
        .on(1)
        .at(
            100,
            trace ->
                trace.gotConn(GotConnInfo.of(plain(1, v4, 4), true, true, Duration.ofSeconds(9))))
        .at(200, ClientTrace::wroteHeaders)
        .at(200, trace -> trace.wroteRequest(WroteRequestInfo.of(null)))
        .at(1_000, failed(RoundTripOutcome.FAILED, reset))
        .roundTrip(2)
        .on(0)
        .at(1_100, start(2, RoundTripReason.RETRY, "GET", "http://example.test/"))
        .at(1_100, trace -> trace.getConn("example.test:80"))
        .on(2)
        .at(1_200, trace -> trace.connectStart("tcp", v6))
        .on(3)
        .at(4_000, trace -> trace.connectStart("tcp", v4))
        .at(6_000, trace -> trace.connectDone("tcp", v4, null))
        .at(
            6_000,
            trace -> trace.gotConn(GotConnInfo.of(plain(3, v4, 0), false, false, Duration.ZERO)))
        .on(2)
        .at(6_100, trace -> trace.connectDone("tcp", v6, new CancellationException("lost")))
        .on(3)
        .at(6_200, ClientTrace::wroteHeaders)
        .at(6_200, trace -> trace.wroteRequest(WroteRequestInfo.of(null)))
        .at(9_000, ClientTrace::gotFirstResponseByte)
        .at(9_100, trace -> trace.gotResponse(GotResponseInfo.of(404, "HTTP/1.1", Map.of())))
        .at(
            9_200,
            trace ->
                trace.roundTripDone(
                    RoundTripDoneInfo.of(
                        RoundTripOutcome.COMPLETED, ByteCounts.of(40, 99, 0, 1), null)));
  }

  /**
   * {@return the timeline of a call}
   *
   * @param story one of the calls here, or one like them
   */
  public static Timeline of(Consumer<HookScript> story) {
    HookScript script = new HookScript();
    story.accept(script);
    return script.timeline();
  }

  private static void exchange(HookScript script, long from, GotConnInfo connection) {
    Map<String, List<String>> head = new LinkedHashMap<>();
    head.put("Content-Type", List.of("text/plain"));
    head.put("Set-Cookie", List.of("a=secret", "b=secret"));
    script
        .at(from, trace -> trace.gotConn(connection))
        .at(from + 100, trace -> trace.wroteHeaderField("Host", List.of("example.test")))
        .at(from + 100, trace -> trace.wroteHeaderField("Cookie", List.of("c=secret")))
        .at(from + 200, ClientTrace::wroteHeaders)
        .at(from + 300, trace -> trace.wroteRequest(WroteRequestInfo.of(null)))
        .at(from + 60_300, ClientTrace::gotFirstResponseByte)
        .at(from + 60_400, trace -> trace.gotResponse(GotResponseInfo.of(200, "HTTP/1.1", head)))
        .at(from + 110_000, trace -> trace.putIdleConn(null))
        .at(
            from + 110_300,
            trace ->
                trace.roundTripDone(
                    RoundTripDoneInfo.of(
                        RoundTripOutcome.COMPLETED, ByteCounts.of(123, 16_500, 0, 16_340), null)));
  }

  private static HookScript.HookCall start(
      int number, RoundTripReason reason, String method, String uri) {
    return trace ->
        trace.roundTripStart(RoundTripStartInfo.of(number, reason, method, URI.create(uri)));
  }

  private static HookScript.HookCall failed(RoundTripOutcome outcome, Throwable error) {
    return trace -> trace.roundTripDone(RoundTripDoneInfo.of(outcome, ByteCounts.NONE, error));
  }

  private static ConnectionInfo connection(InetSocketAddress remote, long before) {
    return ConnectionInfo.of(1, LOCAL, remote, "HTTP/1.1", TLS, before);
  }

  private static ConnectionInfo plain(long id, InetSocketAddress remote, long before) {
    return ConnectionInfo.of(id, LOCAL, remote, "HTTP/1.1", null, before);
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
