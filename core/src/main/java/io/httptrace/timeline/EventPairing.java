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
 * Takes the events one by one, in the order in which they happened, and gives each to the leg and
 * the connection it belongs to; ends find their starts.
 */
final class EventPairing implements ClientTrace {
  private final Legs legs = new Legs();
  private final Connections connections = new Connections();

  private @Nullable TraceEvent event;

  void take(TraceEvent next) {
    event = next;
    next.deliver(this);
  }

  List<LegDraft> legs() {
    return legs.all();
  }

  List<ConnectionDraft> connections() {
    return connections.all();
  }

  boolean isFollowed(LegDraft leg) {
    return legs.isFollowed(leg);
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
    return event().scope().connectionId();
  }

  // ---- Round trips ----

  @Override
  public void roundTripStart(RoundTripStartInfo info) {
    LegDraft leg = legs.starting(event(), info);
    if (leg.isOver()) {
      late(leg);
    } else {
      leg.touch(at());
      leg.started(info);
    }
  }

  @Override
  public void roundTripDone(RoundTripDoneInfo info) {
    LegDraft leg = legs.of(event());
    if (leg.isDone()) {
      late(leg);
    } else {
      leg.done(at(), info);
    }
  }

  // ---- Getting a connection ----

  @Override
  public void getConn(String hostPort) {
    report(legs.opening(event()), leg -> leg.getConn(hostPort));
  }

  @Override
  public void connWaitStart(ConnWaitReason reason) {
    report(legs.of(event()), leg -> leg.waits(at(), reason));
  }

  @Override
  public void gotConn(GotConnInfo info) {
    LegDraft leg = legs.opening(event());
    ConnectionDraft connection = connections.obtained(leg, info, at());
    if (leg.isOver()) {
      connection.late(event());
      return;
    }
    leg.touch(at());
    leg.gotConn(at(), info, connection);
    connection.usedBy(leg, info.connection());
    legs.uses(leg, connection.id());
  }

  @Override
  public void putIdleConn(@Nullable Throwable error) {
    report(legs.of(event()), leg -> leg.putIdle(at()));
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
    LegDraft leg = legs.of(event());
    ConnectionDraft dial = connections.dialling(leg, phase);
    dial.start(leg, phase);
    legs.uses(leg, dial.id());
    if (leg.isOver()) {
      dial.late(event());
    } else {
      leg.touch(at());
      leg.stopsWaiting(at());
    }
  }

  /** An end without a start is no phase: how long it took is not known. */
  private void ends(Predicate<PhaseDraft> which, Consumer<PhaseDraft> end) {
    LegDraft leg = legs.of(event());
    Connections.OpenPhase open = connections.open(event(), leg, which);
    if (open == null) {
      report(leg, ignored -> {});
      return;
    }
    end.accept(open.phase());
    LegDraft dialler = open.dial().dialler();
    if (dialler == null || dialler.isOver()) {
      open.dial().late(event());
    } else {
      dialler.touch(at());
    }
  }

  // ---- The exchange ----

  @Override
  public void wroteHeaderField(String key, List<String> value) {
    report(legs.of(event()), leg -> leg.wroteField(new HeaderField(key, value)));
  }

  @Override
  public void wroteHeaders() {
    report(legs.of(event()), LegDraft::wroteHead);
  }

  @Override
  public void wait100Continue() {
    report(legs.of(event()), LegDraft::wroteHead);
  }

  @Override
  public void wroteRequest(WroteRequestInfo info) {
    report(legs.of(event()), leg -> leg.wroteRequest(at(), info));
  }

  @Override
  public void gotFirstResponseByte() {
    report(legs.of(event()), leg -> leg.gotFirstByte(at()));
  }

  @Override
  public void got100Continue() {
    report(legs.of(event()), leg -> leg.responds(at()));
  }

  @Override
  public void got1xxResponse(int code, Map<String, List<String>> header) {
    InformationalResponse response = new InformationalResponse(at(), code, header);
    report(legs.of(event()), leg -> leg.informed(response, at()));
  }

  @Override
  public void gotResponse(GotResponseInfo info) {
    report(legs.of(event()), leg -> leg.gotResponse(at(), info));
  }

  private void report(LegDraft leg, Consumer<LegDraft> fact) {
    if (leg.isOver()) {
      late(leg);
    } else {
      leg.touch(at());
      fact.accept(leg);
    }
  }

  /** What comes late belongs to the connection, if there is one. */
  private void late(LegDraft leg) {
    ConnectionDraft connection = connections.ofEvent(event(), leg);
    if (connection != null) {
      connection.late(event());
    }
  }
}
