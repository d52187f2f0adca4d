package io.httptrace.timeline;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.WroteRequestInfo;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events one by one, in the order in which they happened, assigns each to its round trip
 * and its connection, and pairs ends with starts.
 */
final class EventPairing implements ClientTrace {
  private final RoundTripDrafts roundTrips = new RoundTripDrafts();
  private final Connections connections = new Connections();

  private @Nullable TraceEvent event;

  void take(TraceEvent next) {
    event = next;
    next.deliver(this);
  }

  List<RoundTripDraft> roundTrips() {
    return roundTrips.all();
  }

  List<ConnectionDraft> connections() {
    return connections.all();
  }

  boolean isFollowed(RoundTripDraft roundTrip) {
    return roundTrips.isFollowed(roundTrip);
  }

  private TraceEvent event() {
    if (event == null) {
      throw new IllegalStateException("no event");
    }
    return event;
  }

  private long at() {
    return event().offsetNanos();
  }

  private long connectionId() {
    return event().stamp().connectionId();
  }

  // ---- Round trips ----

  @Override
  public void roundTripStart(RoundTripStartInfo info) {
    RoundTripDraft roundTrip = roundTrips.starting(event(), info);
    if (roundTrip.isOver()) {
      late(roundTrip);
    } else {
      roundTrip.touch(at());
      roundTrip.started(info);
    }
  }

  @Override
  public void roundTripDone(RoundTripDoneInfo info) {
    RoundTripDraft roundTrip = roundTrips.of(event());
    if (roundTrip.isDone()) {
      late(roundTrip);
    } else {
      roundTrip.done(at(), info);
    }
  }

  // ---- Getting a connection ----

  @Override
  public void getConn(String hostPort) {
    report(roundTrips.opening(event()), roundTrip -> roundTrip.getConn(hostPort));
  }

  @Override
  public void connWaitStart(ConnWaitReason reason) {
    report(roundTrips.of(event()), roundTrip -> roundTrip.waits(at(), reason));
  }

  @Override
  public void gotConn(GotConnInfo info) {
    RoundTripDraft roundTrip = roundTrips.opening(event());
    ConnectionDraft connection = connections.obtained(roundTrip, info, at());
    if (roundTrip.isOver()) {
      connection.late(event());
      return;
    }
    roundTrip.touch(at());
    roundTrip.gotConn(at(), info, connection);
    connection.usedBy(roundTrip, info.connection());
    roundTrips.uses(roundTrip, connection.id());
  }

  @Override
  public void putIdleConn(@Nullable Throwable error) {
    report(roundTrips.of(event()), roundTrip -> roundTrip.putIdle(at()));
  }

  // ---- Dialling ----

  @Override
  public void dnsStart(DnsStartInfo info) {
    dials(PhaseDraft.dns(at(), connectionId(), info.host()));
  }

  @Override
  public void dnsDone(DnsDoneInfo info) {
    ends(is(PhaseKind.DNS), phase -> phase.dnsDone(at(), info));
  }

  @Override
  public void connectStart(String network, SocketAddress addr) {
    dials(PhaseDraft.connect(at(), connectionId(), network, addr));
  }

  @Override
  public void connectDone(String network, SocketAddress addr, @Nullable Throwable error) {
    ends(phase -> phase.isAttemptTo(network, addr), phase -> phase.end(at(), error));
  }

  @Override
  public void tlsHandshakeStart() {
    dials(new PhaseDraft(PhaseKind.TLS, at(), connectionId()));
  }

  @Override
  public void tlsHandshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
    ends(is(PhaseKind.TLS), phase -> phase.tlsDone(at(), state, error));
  }

  @Override
  public void proxyConnectStart(SocketAddress addr) {
    dials(PhaseDraft.proxyConnect(at(), connectionId(), addr));
  }

  @Override
  public void proxyConnectDone(int status, @Nullable Throwable error) {
    ends(is(PhaseKind.PROXY_CONNECT), phase -> phase.proxyDone(at(), status, error));
  }

  private static Predicate<PhaseDraft> is(PhaseKind kind) {
    return phase -> phase.kind() == kind;
  }

  private void dials(PhaseDraft phase) {
    RoundTripDraft roundTrip = roundTrips.of(event());
    ConnectionDraft dial = connections.dialling(roundTrip, phase);
    dial.start(roundTrip, phase);
    roundTrips.uses(roundTrip, dial.id());
    if (roundTrip.isOver()) {
      dial.late(event());
    } else {
      roundTrip.touch(at());
      roundTrip.stopsWaiting(at());
    }
  }

  /** Ends a phase. An end without a start makes no phase: its duration is not known. */
  private void ends(Predicate<PhaseDraft> which, Consumer<PhaseDraft> end) {
    RoundTripDraft roundTrip = roundTrips.of(event());
    Connections.OpenPhase open = connections.open(event(), roundTrip, which);
    if (open == null) {
      report(roundTrip, ignored -> {});
      return;
    }
    end.accept(open.phase());
    RoundTripDraft dialler = open.dial().dialler();
    if (dialler == null || dialler.isOver()) {
      open.dial().late(event());
    } else {
      dialler.touch(at());
    }
  }

  // ---- The exchange ----

  @Override
  public void wroteHeaderField(String key, List<String> value) {
    report(roundTrips.of(event()), roundTrip -> roundTrip.wroteField(new HeaderField(key, value)));
  }

  @Override
  public void wroteHeaders() {
    report(roundTrips.of(event()), RoundTripDraft::wroteHead);
  }

  @Override
  public void wait100Continue() {
    report(roundTrips.of(event()), RoundTripDraft::wroteHead);
  }

  @Override
  public void wroteRequest(WroteRequestInfo info) {
    report(roundTrips.of(event()), roundTrip -> roundTrip.wroteRequest(at(), info));
  }

  @Override
  public void gotFirstResponseByte() {
    report(roundTrips.of(event()), roundTrip -> roundTrip.gotFirstByte(at()));
  }

  @Override
  public void got100Continue() {
    report(roundTrips.of(event()), roundTrip -> roundTrip.responds(at()));
  }

  @Override
  public void got1xxResponse(int code, Map<String, List<String>> header) {
    InformationalResponse response = new InformationalResponse(at(), code, header);
    report(roundTrips.of(event()), roundTrip -> roundTrip.informed(response, at()));
  }

  @Override
  public void gotResponse(GotResponseInfo info) {
    report(roundTrips.of(event()), roundTrip -> roundTrip.gotResponse(at(), info));
  }

  private void report(RoundTripDraft roundTrip, Consumer<RoundTripDraft> fact) {
    if (roundTrip.isOver()) {
      late(roundTrip);
    } else {
      roundTrip.touch(at());
      fact.accept(roundTrip);
    }
  }

  /** A late event belongs to the connection, if there is one. */
  private void late(RoundTripDraft roundTrip) {
    ConnectionDraft connection = connections.ofEvent(event(), roundTrip);
    if (connection != null) {
      connection.late(event());
    }
  }
}
