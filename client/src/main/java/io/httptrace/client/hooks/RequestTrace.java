package io.httptrace.client.hooks;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.WroteRequestInfo;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.client.concurrent.Strand;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of one round trip: the only class that calls a {@link ClientTrace}.
 *
 * <p>Each method calls one hook, on the calling thread, which must be one of the caller's or belong
 * to a {@link Strand}, with no lock held. {@code at} is when the event happened, by {@link #now()}.
 * Exceptions of hooks are logged and not passed on.
 */
public final class RequestTrace {
  /** The hooks of a request without a trace. */
  public static final RequestTrace NONE = new RequestTrace(null, 0);

  private static final ClientTraces<String> TRACES = ClientTraces.create(ClientTrace.class);

  private final @Nullable CallHooks hooks;
  private final int roundTrip;

  private RequestTrace(@Nullable CallHooks hooks, int roundTrip) {
    this.hooks = hooks;
    this.roundTrip = roundTrip;
  }

  /**
   * {@return the hooks of a call, for {@link #of}; null without a trace}
   *
   * @param trace the trace, or null for none
   */
  public static @Nullable CallHooks ofCall(@Nullable ClientTrace trace) {
    return trace == null ? null : TRACES.hooks("", trace, null);
  }

  /**
   * {@return the hooks of a round trip}
   *
   * @param hooks the hooks of the call, or null for none
   * @param roundTrip its number, from 1
   */
  public static RequestTrace of(@Nullable CallHooks hooks, int roundTrip) {
    return hooks == null ? NONE : new RequestTrace(hooks, roundTrip);
  }

  /** {@return whether there is a trace} If not, the arguments of hooks need not be made. */
  public boolean enabled() {
    return hooks != null;
  }

  /** {@return whether a hook may block, or use the client} False without a trace. */
  public boolean mayBlock() {
    return hooks != null && !hooks.nonBlocking();
  }

  /** {@return the time, or 0 without reading a clock if there is no trace} */
  public long now() {
    return hooks == null ? 0 : System.nanoTime();
  }

  private void fire(Hook hook, long at, long connection, CallHooks.HookCall call) {
    if (hooks != null) {
      hooks.fire(hook, at, roundTrip, connection, call);
    }
  }

  private <A> void fire(
      Hook hook, long at, long connection, @Nullable A argument, BiConsumer<ClientTrace, A> call) {
    fire(hook, at, connection, argument, call, (trace, a, caller) -> caller.accept(trace, a));
  }

  /** A call that captures nothing is no new object each time. */
  private <A, B> void fire(
      Hook hook,
      long at,
      long connection,
      @Nullable A first,
      @Nullable B second,
      CallHooks.HookCallWith<A, B> call) {
    if (hooks != null) {
      hooks.fire(hook, at, roundTrip, connection, first, second, call);
    }
  }

  public void roundTripStart(long at, RoundTripStartInfo info) {
    fire(Hook.ROUND_TRIP_START, at, 0, info, ClientTrace::roundTripStart);
  }

  public void getConn(long at, String hostPort) {
    fire(Hook.GET_CONN, at, 0, hostPort, ClientTrace::getConn);
  }

  public void connWaitStart(long at, ConnWaitReason reason) {
    fire(Hook.CONN_WAIT_START, at, 0, reason, ClientTrace::connWaitStart);
  }

  public void dnsStart(long at, long connection, DnsStartInfo info) {
    fire(Hook.DNS_START, at, connection, info, ClientTrace::dnsStart);
  }

  public void dnsDone(long at, long connection, DnsDoneInfo info) {
    fire(Hook.DNS_DONE, at, connection, info, ClientTrace::dnsDone);
  }

  public void connectStart(long at, long connection, SocketAddress addr) {
    fire(Hook.CONNECT_START, at, connection, addr, (trace, to) -> trace.connectStart("tcp", to));
  }

  public void connectDone(long at, long connection, SocketAddress addr, @Nullable Throwable error) {
    fire(
        Hook.CONNECT_DONE,
        at,
        connection,
        addr,
        error,
        (trace, to, e) -> trace.connectDone("tcp", to, e));
  }

  public void tlsHandshakeStart(long at, long connection) {
    fire(Hook.TLS_HANDSHAKE_START, at, connection, ClientTrace::tlsHandshakeStart);
  }

  public void tlsHandshakeDone(
      long at, long connection, @Nullable TlsConnectionState state, @Nullable Throwable error) {
    fire(Hook.TLS_HANDSHAKE_DONE, at, connection, state, error, ClientTrace::tlsHandshakeDone);
  }

  public void proxyConnectStart(long at, long connection, SocketAddress addr) {
    fire(Hook.PROXY_CONNECT_START, at, connection, addr, ClientTrace::proxyConnectStart);
  }

  public void proxyConnectDone(long at, long connection, int status, @Nullable Throwable error) {
    if (hooks != null) { // or else the status would be made an object for nothing
      fire(Hook.PROXY_CONNECT_DONE, at, connection, status, error, ClientTrace::proxyConnectDone);
    }
  }

  public void gotConn(long at, GotConnInfo info) {
    if (hooks != null) {
      fire(Hook.GOT_CONN, at, info.connection().id(), info, ClientTrace::gotConn);
    }
  }

  public void wroteHeaderField(long at, long connection, String key, List<String> value) {
    fire(Hook.WROTE_HEADER_FIELD, at, connection, key, value, ClientTrace::wroteHeaderField);
  }

  public void wroteHeaders(long at, long connection) {
    fire(Hook.WROTE_HEADERS, at, connection, ClientTrace::wroteHeaders);
  }

  public void wait100Continue(long at, long connection) {
    fire(Hook.WAIT_100_CONTINUE, at, connection, ClientTrace::wait100Continue);
  }

  public void wroteRequest(long at, long connection, WroteRequestInfo info) {
    fire(Hook.WROTE_REQUEST, at, connection, info, ClientTrace::wroteRequest);
  }

  public void gotFirstResponseByte(long at, long connection) {
    fire(Hook.GOT_FIRST_RESPONSE_BYTE, at, connection, ClientTrace::gotFirstResponseByte);
  }

  public void got100Continue(long at, long connection) {
    fire(Hook.GOT_100_CONTINUE, at, connection, ClientTrace::got100Continue);
  }

  /**
   * Calls the only hook that may abort the request.
   *
   * @return the throwable of the hook, which aborts the request; or null
   */
  public @Nullable Throwable got1xxResponse(
      long at, long connection, int code, Map<String, List<String>> header) {
    if (hooks == null) {
      return null;
    }
    try {
      hooks.fireOrThrow(at, roundTrip, connection, trace -> trace.got1xxResponse(code, header));
      return null;
    } catch (Throwable veto) {
      return veto;
    }
  }

  public void gotResponse(long at, long connection, GotResponseInfo info) {
    fire(Hook.GOT_RESPONSE, at, connection, info, ClientTrace::gotResponse);
  }

  public void putIdleConn(long at, long connection, @Nullable IOException error) {
    fire(Hook.PUT_IDLE_CONN, at, connection, error, ClientTrace::putIdleConn);
  }

  public void roundTripDone(long at, long connection, RoundTripDoneInfo info) {
    fire(Hook.ROUND_TRIP_DONE, at, connection, info, ClientTrace::roundTripDone);
  }
}
