package io.httptrace.client.hooks;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.EventScope;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.WroteRequestInfo;
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
 * What a hook throws is logged and goes no further.
 */
public final class RequestTrace {
  /** The hooks of a request without a trace. */
  public static final RequestTrace NONE = new RequestTrace(null, 0);

  private final @Nullable ClientTrace trace;
  private final int roundTrip;

  private RequestTrace(@Nullable ClientTrace trace, int roundTrip) {
    this.trace = trace;
    this.roundTrip = roundTrip;
  }

  /**
   * {@return the hooks of a round trip}
   *
   * @param trace the trace, or null for none
   * @param roundTrip its number, from 1
   */
  public static RequestTrace of(@Nullable ClientTrace trace, int roundTrip) {
    return trace == null ? NONE : new RequestTrace(trace, roundTrip);
  }

  /** {@return whether anyone listens} If not, there is no need to make what hooks are told. */
  public boolean enabled() {
    return trace != null;
  }

  /** {@return the time, or 0 without reading a clock if no one listens} */
  public long now() {
    return trace == null ? 0 : System.nanoTime();
  }

  public void roundTripStart(long at, RoundTripStartInfo info) {
    if (trace != null) {
      fire("roundTripStart", at, 0, () -> trace.roundTripStart(info));
    }
  }

  public void getConn(long at, String hostPort) {
    if (trace != null) {
      fire("getConn", at, 0, () -> trace.getConn(hostPort));
    }
  }

  public void connWaitStart(long at, ConnWaitReason reason) {
    if (trace != null) {
      fire("connWaitStart", at, 0, () -> trace.connWaitStart(reason));
    }
  }

  public void dnsStart(long at, long connection, DnsStartInfo info) {
    if (trace != null) {
      fire("dnsStart", at, connection, () -> trace.dnsStart(info));
    }
  }

  public void dnsDone(long at, long connection, DnsDoneInfo info) {
    if (trace != null) {
      fire("dnsDone", at, connection, () -> trace.dnsDone(info));
    }
  }

  public void connectStart(long at, long connection, SocketAddress addr) {
    if (trace != null) {
      fire("connectStart", at, connection, () -> trace.connectStart("tcp", addr));
    }
  }

  public void connectDone(long at, long connection, SocketAddress addr, @Nullable Throwable error) {
    if (trace != null) {
      fire("connectDone", at, connection, () -> trace.connectDone("tcp", addr, error));
    }
  }

  public void tlsHandshakeStart(long at, long connection) {
    if (trace != null) {
      fire("tlsHandshakeStart", at, connection, trace::tlsHandshakeStart);
    }
  }

  public void tlsHandshakeDone(
      long at, long connection, @Nullable TlsConnectionState state, @Nullable Throwable error) {
    if (trace != null) {
      fire("tlsHandshakeDone", at, connection, () -> trace.tlsHandshakeDone(state, error));
    }
  }

  public void proxyConnectStart(long at, long connection, SocketAddress addr) {
    if (trace != null) {
      fire("proxyConnectStart", at, connection, () -> trace.proxyConnectStart(addr));
    }
  }

  public void proxyConnectDone(long at, long connection, int status, @Nullable Throwable error) {
    if (trace != null) {
      fire("proxyConnectDone", at, connection, () -> trace.proxyConnectDone(status, error));
    }
  }

  public void gotConn(long at, GotConnInfo info) {
    if (trace != null) {
      fire("gotConn", at, info.connection().id(), () -> trace.gotConn(info));
    }
  }

  public void wroteHeaderField(long at, long connection, String key, List<String> value) {
    if (trace != null) {
      fire("wroteHeaderField", at, connection, () -> trace.wroteHeaderField(key, value));
    }
  }

  public void wroteHeaders(long at, long connection) {
    if (trace != null) {
      fire("wroteHeaders", at, connection, trace::wroteHeaders);
    }
  }

  public void wait100Continue(long at, long connection) {
    if (trace != null) {
      fire("wait100Continue", at, connection, trace::wait100Continue);
    }
  }

  public void wroteRequest(long at, long connection, WroteRequestInfo info) {
    if (trace != null) {
      fire("wroteRequest", at, connection, () -> trace.wroteRequest(info));
    }
  }

  public void gotFirstResponseByte(long at, long connection) {
    if (trace != null) {
      fire("gotFirstResponseByte", at, connection, trace::gotFirstResponseByte);
    }
  }

  public void got100Continue(long at, long connection) {
    if (trace != null) {
      fire("got100Continue", at, connection, trace::got100Continue);
    }
  }

  /**
   * Calls the one hook that has a say.
   *
   * @return what the hook threw, which aborts the request; or null
   */
  public @Nullable Throwable got1xxResponse(
      long at, long connection, int code, Map<String, List<String>> header) {
    if (trace == null) {
      return null;
    }
    try {
      EventScope.of(at, roundTrip, connection).run(() -> trace.got1xxResponse(code, header));
      return null;
    } catch (Throwable veto) {
      return veto;
    }
  }

  public void gotResponse(long at, long connection, GotResponseInfo info) {
    if (trace != null) {
      fire("gotResponse", at, connection, () -> trace.gotResponse(info));
    }
  }

  public void putIdleConn(long at, long connection, @Nullable IOException error) {
    if (trace != null) {
      fire("putIdleConn", at, connection, () -> trace.putIdleConn(error));
    }
  }

  public void roundTripDone(long at, long connection, RoundTripDoneInfo info) {
    if (trace != null) {
      fire("roundTripDone", at, connection, () -> trace.roundTripDone(info));
    }
  }

  private void fire(String name, long at, long connection, EventScope.Hook hook) {
    try {
      EventScope.of(at, roundTrip, connection).run(hook);
    } catch (Throwable thrown) {
      if (trace != null) {
        HookFailures.log(trace, name, thrown);
      }
    }
  }
}
