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

  public void roundTripStart(long at, RoundTripStartInfo info) {
    if (hooks != null) {
      hooks.fire(Hook.ROUND_TRIP_START, at, roundTrip, 0, trace -> trace.roundTripStart(info));
    }
  }

  public void getConn(long at, String hostPort) {
    if (hooks != null) {
      hooks.fire(Hook.GET_CONN, at, roundTrip, 0, trace -> trace.getConn(hostPort));
    }
  }

  public void connWaitStart(long at, ConnWaitReason reason) {
    if (hooks != null) {
      hooks.fire(Hook.CONN_WAIT_START, at, roundTrip, 0, trace -> trace.connWaitStart(reason));
    }
  }

  public void dnsStart(long at, long connection, DnsStartInfo info) {
    if (hooks != null) {
      hooks.fire(Hook.DNS_START, at, roundTrip, connection, trace -> trace.dnsStart(info));
    }
  }

  public void dnsDone(long at, long connection, DnsDoneInfo info) {
    if (hooks != null) {
      hooks.fire(Hook.DNS_DONE, at, roundTrip, connection, trace -> trace.dnsDone(info));
    }
  }

  public void connectStart(long at, long connection, SocketAddress addr) {
    if (hooks != null) {
      hooks.fire(
          Hook.CONNECT_START, at, roundTrip, connection, trace -> trace.connectStart("tcp", addr));
    }
  }

  public void connectDone(long at, long connection, SocketAddress addr, @Nullable Throwable error) {
    if (hooks != null) {
      hooks.fire(
          Hook.CONNECT_DONE,
          at,
          roundTrip,
          connection,
          trace -> trace.connectDone("tcp", addr, error));
    }
  }

  public void tlsHandshakeStart(long at, long connection) {
    if (hooks != null) {
      hooks.fire(
          Hook.TLS_HANDSHAKE_START, at, roundTrip, connection, ClientTrace::tlsHandshakeStart);
    }
  }

  public void tlsHandshakeDone(
      long at, long connection, @Nullable TlsConnectionState state, @Nullable Throwable error) {
    if (hooks != null) {
      hooks.fire(
          Hook.TLS_HANDSHAKE_DONE,
          at,
          roundTrip,
          connection,
          trace -> trace.tlsHandshakeDone(state, error));
    }
  }

  public void proxyConnectStart(long at, long connection, SocketAddress addr) {
    if (hooks != null) {
      hooks.fire(
          Hook.PROXY_CONNECT_START,
          at,
          roundTrip,
          connection,
          trace -> trace.proxyConnectStart(addr));
    }
  }

  public void proxyConnectDone(long at, long connection, int status, @Nullable Throwable error) {
    if (hooks != null) {
      hooks.fire(
          Hook.PROXY_CONNECT_DONE,
          at,
          roundTrip,
          connection,
          trace -> trace.proxyConnectDone(status, error));
    }
  }

  public void gotConn(long at, GotConnInfo info) {
    if (hooks != null) {
      hooks.fire(
          Hook.GOT_CONN, at, roundTrip, info.connection().id(), trace -> trace.gotConn(info));
    }
  }

  public void wroteHeaderField(long at, long connection, String key, List<String> value) {
    if (hooks != null) {
      hooks.fire(
          Hook.WROTE_HEADER_FIELD,
          at,
          roundTrip,
          connection,
          trace -> trace.wroteHeaderField(key, value));
    }
  }

  public void wroteHeaders(long at, long connection) {
    if (hooks != null) {
      hooks.fire(Hook.WROTE_HEADERS, at, roundTrip, connection, ClientTrace::wroteHeaders);
    }
  }

  public void wait100Continue(long at, long connection) {
    if (hooks != null) {
      hooks.fire(Hook.WAIT_100_CONTINUE, at, roundTrip, connection, ClientTrace::wait100Continue);
    }
  }

  public void wroteRequest(long at, long connection, WroteRequestInfo info) {
    if (hooks != null) {
      hooks.fire(Hook.WROTE_REQUEST, at, roundTrip, connection, trace -> trace.wroteRequest(info));
    }
  }

  public void gotFirstResponseByte(long at, long connection) {
    if (hooks != null) {
      hooks.fire(
          Hook.GOT_FIRST_RESPONSE_BYTE,
          at,
          roundTrip,
          connection,
          ClientTrace::gotFirstResponseByte);
    }
  }

  public void got100Continue(long at, long connection) {
    if (hooks != null) {
      hooks.fire(Hook.GOT_100_CONTINUE, at, roundTrip, connection, ClientTrace::got100Continue);
    }
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
    if (hooks != null) {
      hooks.fire(Hook.GOT_RESPONSE, at, roundTrip, connection, trace -> trace.gotResponse(info));
    }
  }

  public void putIdleConn(long at, long connection, @Nullable IOException error) {
    if (hooks != null) {
      hooks.fire(Hook.PUT_IDLE_CONN, at, roundTrip, connection, trace -> trace.putIdleConn(error));
    }
  }

  public void roundTripDone(long at, long connection, RoundTripDoneInfo info) {
    if (hooks != null) {
      hooks.fire(
          Hook.ROUND_TRIP_DONE, at, roundTrip, connection, trace -> trace.roundTripDone(info));
    }
  }
}
