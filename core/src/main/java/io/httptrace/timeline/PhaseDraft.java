package io.httptrace.timeline;

import io.httptrace.ConnWaitReason;
import io.httptrace.DnsDoneInfo;
import io.httptrace.TlsConnectionState;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the facts about a phase. Times are nanoseconds from the timeline's start. */
final class PhaseDraft {
  private static final long OPEN = -1;

  private final PhaseKind kind;
  private final long start;
  private long end = OPEN;
  private @Nullable Throwable error;

  // What the start says.
  private long connectionId;
  private @Nullable ConnWaitReason waitReason;
  private @Nullable String host;
  private @Nullable SocketAddress address;
  private String network = "";

  // What the end says.
  private List<InetAddress> addresses = List.of();
  private boolean coalesced;
  private @Nullable String resolver;
  private @Nullable TlsConnectionState tls;
  private int proxyStatus = -1;

  PhaseDraft(PhaseKind kind, long start, long connectionId) {
    this.kind = kind;
    this.start = start;
    this.connectionId = connectionId;
  }

  static PhaseDraft queue(long start, ConnWaitReason reason) {
    PhaseDraft draft = new PhaseDraft(PhaseKind.QUEUE, start, 0);
    draft.waitReason = reason;
    return draft;
  }

  static PhaseDraft dns(long start, long connectionId, String host) {
    PhaseDraft draft = new PhaseDraft(PhaseKind.DNS, start, connectionId);
    draft.host = host;
    return draft;
  }

  static PhaseDraft connect(long start, long connectionId, String network, SocketAddress address) {
    PhaseDraft draft = new PhaseDraft(PhaseKind.CONNECT, start, connectionId);
    draft.network = network;
    draft.address = address;
    return draft;
  }

  static PhaseDraft proxyConnect(long start, long connectionId, SocketAddress address) {
    PhaseDraft draft = new PhaseDraft(PhaseKind.PROXY_CONNECT, start, connectionId);
    draft.address = address;
    return draft;
  }

  /** The same phase, as it was before its end came. */
  PhaseDraft stillOpen() {
    PhaseDraft draft = new PhaseDraft(kind, start, connectionId);
    draft.waitReason = waitReason;
    draft.host = host;
    draft.address = address;
    draft.network = network;
    return draft;
  }

  void end(long at, @Nullable Throwable cause) {
    end = Math.max(start, at);
    error = cause;
  }

  void dnsDone(long at, DnsDoneInfo info) {
    end(at, info.error());
    addresses = info.addrs();
    coalesced = info.coalesced();
    resolver = info.resolver();
  }

  void tlsDone(long at, @Nullable TlsConnectionState state, @Nullable Throwable cause) {
    end(at, cause);
    tls = cause == null ? state : null;
  }

  void proxyDone(long at, int status, @Nullable Throwable cause) {
    end(at, cause);
    proxyStatus = status;
  }

  void belongsTo(long id) {
    connectionId = id;
  }

  boolean isAttemptTo(String toNetwork, SocketAddress toAddress) {
    return kind == PhaseKind.CONNECT && network.equals(toNetwork) && toAddress.equals(address);
  }

  PhaseKind kind() {
    return kind;
  }

  long start() {
    return start;
  }

  boolean isOpen() {
    return end == OPEN;
  }

  boolean succeeded() {
    return !isOpen() && error == null;
  }

  /** Whether it had ended by then, not counting the end of its round trip. */
  boolean endedBy(long at) {
    return !isOpen() && end <= at;
  }

  boolean hadFailedBy(long at) {
    return endedBy(at) && error != null;
  }

  long end() {
    return end;
  }

  @Nullable Throwable error() {
    return error;
  }

  long connectionId() {
    return connectionId;
  }

  @Nullable ConnWaitReason waitReason() {
    return waitReason;
  }

  @Nullable String host() {
    return host;
  }

  @Nullable SocketAddress address() {
    return address;
  }

  List<InetAddress> addresses() {
    return addresses;
  }

  boolean coalesced() {
    return coalesced;
  }

  @Nullable String resolver() {
    return resolver;
  }

  @Nullable TlsConnectionState tls() {
    return tls;
  }

  int proxyStatus() {
    return proxyStatus;
  }
}
