package io.httptrace.cli.measure;

import io.httptrace.ByteCounts;
import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.EventStamp;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.WroteRequestInfo;
import io.httptrace.cli.gate.Figure;
import io.httptrace.cli.gate.RequestFigures;
import io.httptrace.timeline.PhaseKind;
import java.net.SocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the times of one request as it happens. The figures are those of its timeline, without the
 * cost of one: only the times themselves are kept.
 *
 * <p>Hooks come from several threads, so everything is guarded by this.
 */
@SuppressWarnings("EnumOrdinal") // Arrays, as there are many requests; nothing of it is kept.
final class RequestClock implements ClientTrace, EventStamp.Reader {
  private static final long NONE = Long.MIN_VALUE;
  private static final PhaseKind[] KINDS = PhaseKind.values();

  private final RequestFigures figures = new RequestFigures();
  private final RequestFacts facts = new RequestFacts();
  private long first = NONE;
  private long last = NONE;
  private long firstByte = NONE;

  /** The begin of each phase of the round trip under way, and the end. */
  private final long[] begins = new long[KINDS.length];

  private final long[] ends = new long[KINDS.length];
  private int roundTrip;
  private boolean over = true;
  private boolean plain;

  /** The connection that is being dialled; 0 for none. */
  private long dialled;

  /** The stamp of the event that is being reported. */
  private long at;

  private int stampedRoundTrip;
  private long stampedConnection;

  RequestClock() {
    clear(PhaseKind.QUEUE, PhaseKind.RESPONSE);
  }

  /** {@return true: nothing here waits} */
  @Override
  public boolean nonBlocking() {
    return true;
  }

  /** Called by {@link EventStamp#readCurrent} only. */
  @Override
  public void read(long nanoTime, long requestId, int number, long connectionId) {
    at = nanoTime;
    stampedRoundTrip = number;
    stampedConnection = connectionId;
  }

  /** Reads the stamp. {@return whether the event belongs to the round trip under way} */
  private boolean isNow() {
    EventStamp.readCurrent(this);
    return !over && (stampedRoundTrip == 0 || stampedRoundTrip == roundTrip);
  }

  /** The same for an event of a dial: what was measured of another one is forgotten. */
  private boolean isDialNow() {
    if (!isNow()) {
      return false;
    }
    if (stampedConnection != dialled) {
      dialled = stampedConnection;
      clear(PhaseKind.DNS, PhaseKind.TLS);
    }
    return true;
  }

  private void clear(PhaseKind from, PhaseKind to) {
    Arrays.fill(begins, from.ordinal(), to.ordinal() + 1, NONE);
    Arrays.fill(ends, from.ordinal(), to.ordinal() + 1, NONE);
  }

  private boolean begun(PhaseKind kind) {
    return begins[kind.ordinal()] != NONE;
  }

  private boolean ended(PhaseKind kind) {
    return ends[kind.ordinal()] != NONE;
  }

  private void begin(PhaseKind kind) {
    if (!begun(kind)) {
      begins[kind.ordinal()] = at;
    }
  }

  private void end(PhaseKind kind) {
    if (begun(kind) && !ended(kind)) {
      ends[kind.ordinal()] = at;
    }
  }

  @Override
  public synchronized void roundTripStart(RoundTripStartInfo info) {
    EventStamp.readCurrent(this);
    roundTrip = stampedRoundTrip;
    over = false;
    dialled = 0;
    plain = "http".equalsIgnoreCase(info.uri().getScheme());
    clear(PhaseKind.QUEUE, PhaseKind.RESPONSE);
    firstByte = NONE;
    facts.status = 0;
    if (first == NONE) {
      first = at;
    }
  }

  @Override
  public synchronized void connWaitStart(ConnWaitReason reason) {
    if (isNow()) {
      if (ended(PhaseKind.QUEUE)) {
        keep(PhaseKind.QUEUE);
      }
      begin(PhaseKind.QUEUE);
      facts.waitedForDial |= reason == ConnWaitReason.PENDING_DIAL;
    }
  }

  @Override
  public synchronized void dnsStart(DnsStartInfo info) {
    if (isDialNow()) {
      begin(PhaseKind.DNS);
    }
  }

  @Override
  public synchronized void dnsDone(DnsDoneInfo info) {
    if (isDialNow() && info.error() == null) {
      end(PhaseKind.DNS);
    }
  }

  @Override
  public synchronized void connectStart(String network, SocketAddress addr) {
    if (isDialNow()) {
      begin(PhaseKind.CONNECT);
    }
  }

  @Override
  public synchronized void connectDone(
      String network, SocketAddress addr, @Nullable Throwable error) {
    if (isDialNow() && error == null) {
      end(PhaseKind.CONNECT);
    }
  }

  @Override
  public synchronized void tlsHandshakeStart() {
    if (isDialNow()) {
      begin(plain ? PhaseKind.PROXY_TLS : PhaseKind.TLS);
    }
  }

  @Override
  public synchronized void tlsHandshakeDone(
      @Nullable TlsConnectionState state, @Nullable Throwable error) {
    if (isDialNow() && error == null) {
      end(plain ? PhaseKind.PROXY_TLS : PhaseKind.TLS);
    }
  }

  /** A handshake before this one was with the proxy. */
  @Override
  public synchronized void proxyConnectStart(SocketAddress addr) {
    if (isDialNow()) {
      int proxy = PhaseKind.PROXY_TLS.ordinal();
      int target = PhaseKind.TLS.ordinal();
      if (begun(PhaseKind.TLS)) {
        begins[proxy] = begins[target];
        ends[proxy] = ends[target];
        clear(PhaseKind.TLS, PhaseKind.TLS);
      }
      begin(PhaseKind.PROXY_CONNECT);
    }
  }

  @Override
  public synchronized void proxyConnectDone(int status, @Nullable Throwable error) {
    if (isDialNow() && error == null) {
      end(PhaseKind.PROXY_CONNECT);
    }
  }

  @Override
  public synchronized void gotConn(GotConnInfo info) {
    if (isNow()) {
      if (info.connection().id() != dialled) {
        facts.waitedForDial |= dialled != 0;
        clear(PhaseKind.DNS, PhaseKind.TLS);
      }
      end(PhaseKind.QUEUE);
      clear(PhaseKind.REQUEST, PhaseKind.REQUEST);
      begin(PhaseKind.REQUEST);
      facts.connected(info);
    }
  }

  @Override
  public synchronized void wroteRequest(WroteRequestInfo info) {
    if (isNow() && info.error() == null) {
      end(PhaseKind.REQUEST);
      if (!begun(PhaseKind.RESPONSE)) {
        begin(PhaseKind.WAIT);
      }
    }
  }

  @Override
  public synchronized void gotFirstResponseByte() {
    if (isNow()) {
      firstByte = firstByte == NONE ? at : firstByte;
      end(PhaseKind.WAIT);
      begin(PhaseKind.RESPONSE);
    }
  }

  @Override
  public synchronized void gotResponse(GotResponseInfo info) {
    if (isNow()) {
      end(PhaseKind.WAIT);
      begin(PhaseKind.RESPONSE);
      facts.status = info.status();
    }
  }

  @Override
  public synchronized void roundTripDone(RoundTripDoneInfo info) {
    if (isNow()) {
      if (info.outcome() == RoundTripOutcome.COMPLETED) {
        end(PhaseKind.RESPONSE);
      }
      for (PhaseKind kind : KINDS) {
        keep(kind);
      }
      ByteCounts bytes = info.bytes();
      if (bytes != null) {
        facts.bytes(bytes);
      }
      last = at;
      over = true;
    }
  }

  private void keep(PhaseKind kind) {
    if (begun(kind) && ended(kind)) {
      figures.add(Figure.of(kind), ends[kind.ordinal()] - begins[kind.ordinal()]);
      if (kind == PhaseKind.QUEUE) {
        clear(kind, kind);
      }
    }
  }

  /**
   * {@return the figures}
   *
   * @param due when the request should have started, by a given rate: times count from there; null
   *     if it started by itself
   * @param now the time at which it was found to be over
   */
  synchronized RequestFigures figures(@Nullable Long due, long now) {
    long started = first == NONE ? now : first;
    long from = due == null ? started : due;
    if (due != null) {
      figures.set(Figure.LATE, Math.max(0, started - due));
    }
    if (firstByte != NONE) {
      figures.set(Figure.TTFB, firstByte - from);
    }
    figures.set(Figure.TOTAL, Math.max(0, (over && last != NONE ? last : now) - from));
    return figures;
  }

  /** {@return whether the head of the response has arrived} */
  synchronized boolean responded() {
    return facts.status != 0;
  }

  /** {@return what else is known} */
  synchronized RequestFacts facts() {
    return facts;
  }

  /** {@return the phase in which it failed, or null if it failed in none} */
  synchronized @Nullable PhaseKind failedPhase() {
    if (begun(PhaseKind.RESPONSE)) {
      return PhaseKind.RESPONSE;
    }
    for (int i = PhaseKind.WAIT.ordinal(); i >= 0; i--) {
      if (begun(KINDS[i])) {
        return ended(KINDS[i]) ? null : KINDS[i];
      }
    }
    return null;
  }
}
