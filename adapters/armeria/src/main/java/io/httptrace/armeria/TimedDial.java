package io.httptrace.armeria;

import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.common.logging.ClientConnectionTimings;
import com.linecorp.armeria.common.logging.RequestLog;
import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.Hook;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.CallHooks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a dial from Armeria's timings, with its times: when the factory has no hooks, or when a
 * request has dialled where nobody could tell that it was this one.
 *
 * <p>The timings are of the clock on the wall. They are turned into those of {@link
 * System#nanoTime()} by the start of the request, of which both are known, and kept in order.
 */
final class TimedDial {
  private final ArmeriaRoundTrip user;
  private final RequestLog log;
  private final long id;
  private final long now = System.nanoTime();
  private long last;

  /**
   * Makes one that has told nothing.
   *
   * @param user whose dial it was
   * @param log its log
   * @param id the id of the connection; 0 if none was dialled
   */
  TimedDial(ArmeriaRoundTrip user, RequestLog log, long id) {
    this.user = user;
    this.log = log;
    this.id = id;
    this.last = user.begunAt();
  }

  /**
   * Tells what there was.
   *
   * @param looksUp whether a lookup has to be told, if there was one
   * @param connects whether connecting has to be told
   * @param address what was connected to; null if that is not known
   * @param error why it has failed; null if it has not
   */
  void replay(
      ClientConnectionTimings timings,
      boolean looksUp,
      boolean connects,
      @Nullable SocketAddress address,
      @Nullable Throwable error) {
    if (looksUp && timings.dnsResolutionStartTimeMicros() > 0) {
      boolean failed = timings.socketConnectStartTimeMicros() <= 0 && error != null;
      lookup(timings, address, failed ? error : null);
    }
    waited(timings);
    if (connects && address != null) {
      connect(timings, address, error);
    }
  }

  /** Tells that the request has waited for another's connection, if it has. */
  void waited(ClientConnectionTimings timings) {
    if (timings.pendingAcquisitionStartTimeMicros() > 0) {
      fire(
          Hook.CONN_WAIT_START,
          at(timings.pendingAcquisitionStartTimeMicros(), 0),
          trace -> trace.connWaitStart(ConnWaitReason.PENDING_DIAL));
    }
  }

  private void lookup(
      ClientConnectionTimings timings, @Nullable SocketAddress address, @Nullable Throwable error) {
    Endpoint endpoint = user.endpoint();
    if (endpoint == null) {
      return;
    }
    long start = timings.dnsResolutionStartTimeMicros();
    DnsStartInfo name = DnsStartInfo.of(endpoint.host());
    fire(Hook.DNS_START, at(start, 0), trace -> trace.dnsStart(name));
    InetAddress found =
        address instanceof InetSocketAddress connected ? connected.getAddress() : null;
    DnsDoneInfo info =
        DnsDoneInfo.of(found == null || error != null ? List.of() : List.of(found), error, false);
    long end = at(start, timings.dnsResolutionDurationNanos());
    fire(Hook.DNS_DONE, end, trace -> trace.dnsDone(info));
  }

  private void connect(
      ClientConnectionTimings timings, SocketAddress address, @Nullable Throwable error) {
    long start = timings.socketConnectStartTimeMicros();
    long tlsStart = timings.tlsHandshakeStartTimeMicros();
    fire(Hook.CONNECT_START, at(start, 0), trace -> trace.connectStart("tcp", address));
    Throwable refused = tlsStart > 0 ? null : error;
    long connected =
        tlsStart > 0 ? at(tlsStart, 0) : at(start, timings.socketConnectDurationNanos());
    fire(Hook.CONNECT_DONE, connected, trace -> trace.connectDone("tcp", address, refused));
    if (tlsStart > 0) {
      fire(Hook.TLS_HANDSHAKE_START, connected, ClientTrace::tlsHandshakeStart);
      TlsConnectionState state = error == null ? ArmeriaConnections.tlsOf(log.channel()) : null;
      fire(
          Hook.TLS_HANDSHAKE_DONE,
          at(tlsStart, timings.tlsHandshakeDurationNanos()),
          trace -> trace.tlsHandshakeDone(state, error));
    }
  }

  private long at(long wallMicros, long laterNanos) {
    long sinceStart = (wallMicros - log.requestStartTimeMicros()) * 1_000 + laterNanos;
    last = Math.min(now, Math.max(last, log.requestStartTimeNanos() + sinceStart));
    return last;
  }

  private void fire(Hook hook, long at, CallHooks.HookCall call) {
    user.hooks().fire(hook, at, user.number(), id, call);
  }
}
