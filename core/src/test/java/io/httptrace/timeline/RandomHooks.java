package io.httptrace.timeline;

import io.httptrace.Addresses;
import io.httptrace.ByteCounts;
import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.ConnectionInfo;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.EventStamp;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.WroteRequestInfo;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Sequences of calls, from plausible to absurd, that are the same for the same seed. */
final class RandomHooks {
  private static final List<String> SCHEMES = List.of("http", "https");

  private final Random random;

  RandomHooks(long seed) {
    random = new Random(seed);
  }

  /** Any hooks, at any time, of any round trip and connection. */
  List<FiredHook> noise(int length) {
    List<FiredHook> calls = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      EventStamp stamp =
          EventStamp.of(random.nextInt(length), random.nextInt(4), random.nextInt(4));
      calls.add(new FiredHook(stamp, anyHook()));
    }
    return calls;
  }

  /**
   * Requests as a client makes them, of which hooks are left out, repeated, late, out of order, and
   * without round trip or connection.
   */
  List<FiredHook> damaged() {
    List<FiredHook> calls = new ArrayList<>();
    boolean saysRoundTrip = random.nextBoolean();
    boolean saysConnection = random.nextBoolean();
    long now = 0;
    for (int roundTrip = 1; roundTrip <= 1 + random.nextInt(3); roundTrip++) {
      for (FiredHook.Call hook : request(roundTrip)) {
        now += random.nextInt(3);
        long at = random.nextInt(12) == 0 ? now + random.nextInt(40) : now;
        EventStamp stamp =
            EventStamp.of(
                at, saysRoundTrip ? roundTrip : 0, saysConnection ? 1 + random.nextInt(2) : 0);
        int times = random.nextInt(12) == 0 ? random.nextInt(3) : 1;
        calls.addAll(Collections.nCopies(times, new FiredHook(stamp, hook)));
      }
    }
    for (int swaps = random.nextInt(6); swaps > 0 && !calls.isEmpty(); swaps--) {
      Collections.swap(calls, random.nextInt(calls.size()), random.nextInt(calls.size()));
    }
    return calls;
  }

  private List<FiredHook.Call> request(int roundTrip) {
    List<FiredHook.Call> hooks = new ArrayList<>();
    if (random.nextInt(4) > 0) {
      hooks.add(start(roundTrip));
    }
    hooks.add(trace -> trace.getConn("a.test:80"));
    if (random.nextInt(3) == 0) {
      hooks.add(trace -> trace.connWaitStart(ConnWaitReason.PENDING_DIAL));
    }
    if (random.nextInt(3) > 0) {
      dial(hooks);
    }
    hooks.add(gotConn());
    hooks.add(trace -> trace.wroteHeaderField("host", List.of("a.test")));
    hooks.add(ClientTrace::wroteHeaders);
    hooks.add(trace -> trace.wroteRequest(WroteRequestInfo.of(null)));
    hooks.add(ClientTrace::gotFirstResponseByte);
    hooks.add(trace -> trace.gotResponse(GotResponseInfo.of(200, "HTTP/1.1", Map.of())));
    if (random.nextBoolean()) {
      hooks.add(trace -> trace.putIdleConn(null));
    }
    if (random.nextInt(4) > 0) {
      hooks.add(done());
    }
    return hooks;
  }

  private void dial(List<FiredHook.Call> hooks) {
    DnsStartInfo start = DnsStartInfo.of("a.test");
    DnsDoneInfo done = DnsDoneInfo.of(List.of(Addresses.ip(1)), anyError(), false);
    SocketAddress first = Addresses.address(1, 80);
    SocketAddress second = Addresses.address(2, 80);
    Throwable error = anyError();
    hooks.add(trace -> trace.dnsStart(start));
    hooks.add(trace -> trace.dnsDone(done));
    hooks.add(trace -> trace.connectStart("tcp", first));
    hooks.add(trace -> trace.connectStart("tcp", second));
    hooks.add(trace -> trace.connectDone("tcp", second, null));
    hooks.add(trace -> trace.connectDone("tcp", first, error));
    for (int handshakes = random.nextInt(3); handshakes > 0; handshakes--) {
      hooks.add(ClientTrace::tlsHandshakeStart);
      hooks.add(trace -> trace.tlsHandshakeDone(null, error));
    }
  }

  private FiredHook.Call anyHook() {
    SocketAddress addr = Addresses.address(random.nextInt(3), 80);
    Throwable error = anyError();
    Hook[] hooks = Hook.values();
    return switch (hooks[random.nextInt(hooks.length)]) {
      case GET_CONN -> trace -> trace.getConn("a.test:80");
      case GOT_CONN -> gotConn();
      case PUT_IDLE_CONN -> trace -> trace.putIdleConn(error);
      case GOT_FIRST_RESPONSE_BYTE -> ClientTrace::gotFirstResponseByte;
      case GOT_100_CONTINUE -> ClientTrace::got100Continue;
      case GOT_1XX_RESPONSE -> trace -> trace.got1xxResponse(103, Map.of("Link", List.of("</a>")));
      case DNS_START -> trace -> trace.dnsStart(DnsStartInfo.of("a.test"));
      case DNS_DONE -> trace -> trace.dnsDone(DnsDoneInfo.of(List.of(), error, true));
      case CONNECT_START -> trace -> trace.connectStart("tcp", addr);
      case CONNECT_DONE -> trace -> trace.connectDone("tcp", addr, error);
      case TLS_HANDSHAKE_START -> ClientTrace::tlsHandshakeStart;
      case TLS_HANDSHAKE_DONE -> trace -> trace.tlsHandshakeDone(null, error);
      case WROTE_HEADER_FIELD -> trace -> trace.wroteHeaderField("Cookie", List.of("a=b"));
      case WROTE_HEADERS -> ClientTrace::wroteHeaders;
      case WAIT_100_CONTINUE -> ClientTrace::wait100Continue;
      case WROTE_REQUEST -> trace -> trace.wroteRequest(WroteRequestInfo.of(error));
      case ROUND_TRIP_START -> start(random.nextInt(4));
      case CONN_WAIT_START -> trace -> trace.connWaitStart(ConnWaitReason.HOST_LIMIT);
      case PROXY_CONNECT_START -> trace -> trace.proxyConnectStart(addr);
      case PROXY_CONNECT_DONE -> trace -> trace.proxyConnectDone(200, error);
      case GOT_RESPONSE -> gotResponse();
      case ROUND_TRIP_DONE -> done();
    };
  }

  private FiredHook.Call start(int number) {
    URI uri = URI.create(SCHEMES.get(random.nextInt(2)) + "://u:p@a.test/?q=1");
    RoundTripStartInfo info = RoundTripStartInfo.of(number, RoundTripReason.RETRY, "GET", uri);
    return trace -> trace.roundTripStart(info);
  }

  private FiredHook.Call gotConn() {
    ConnectionInfo connection =
        ConnectionInfo.of(
            random.nextInt(4),
            Addresses.address(9, 4000),
            Addresses.address(random.nextInt(3), 80),
            "HTTP/1.1",
            null,
            random.nextInt(2));
    GotConnInfo info =
        GotConnInfo.of(connection, random.nextBoolean(), random.nextBoolean(), Duration.ZERO);
    return trace -> trace.gotConn(info);
  }

  private FiredHook.Call gotResponse() {
    GotResponseInfo info = GotResponseInfo.of(204, "HTTP/1.1", Map.of("Via", List.of("a")));
    return trace -> trace.gotResponse(info);
  }

  private FiredHook.Call done() {
    RoundTripOutcome[] outcomes = RoundTripOutcome.values();
    RoundTripDoneInfo info =
        RoundTripDoneInfo.of(
            outcomes[random.nextInt(outcomes.length)], ByteCounts.NONE, anyError());
    return trace -> trace.roundTripDone(info);
  }

  private @Nullable Throwable anyError() {
    return random.nextInt(3) == 0 ? new IOException("random") : null;
  }
}
