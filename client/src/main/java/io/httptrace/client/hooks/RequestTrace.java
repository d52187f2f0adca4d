package io.httptrace.client.hooks;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.EventStamp;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.WroteRequestInfo;
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
  public static final RequestTrace NONE = new RequestTrace(null, 0, 0);

  private final @Nullable ClientTrace trace;
  private final long requestId;
  private final int roundTrip;

  private RequestTrace(@Nullable ClientTrace trace, long requestId, int roundTrip) {
    this.trace = trace;
    this.requestId = requestId;
    this.roundTrip = roundTrip;
  }

  /**
   * {@return the hooks of a round trip}
   *
   * @param trace the trace, or null for none
   * @param requestId the number of the request, as {@link EventStamp#newRequestId} gives it
   * @param roundTrip its number, from 1
   */
  public static RequestTrace of(@Nullable ClientTrace trace, long requestId, int roundTrip) {
    return trace == null ? NONE : new RequestTrace(trace, requestId, roundTrip);
  }

  /** {@return whether there is a trace} If not, the arguments of hooks need not be made. */
  public boolean enabled() {
    return trace != null;
  }

  /** {@return whether a hook may block, or use the client} False without a trace. */
  public boolean mayBlock() {
    return mayBlock(trace);
  }

  /**
   * {@return whether a hook of a trace may block, or use the client}
   *
   * @param trace the trace, or null for none
   */
  public static boolean mayBlock(@Nullable ClientTrace trace) {
    if (trace == null) {
      return false;
    }
    try {
      return !trace.nonBlocking();
    } catch (Throwable thrown) {
      return true; // it has made no promise
    }
  }

  /** {@return the time, or 0 without reading a clock if there is no trace} */
  public long now() {
    return trace == null ? 0 : System.nanoTime();
  }

  public void roundTripStart(long at, RoundTripStartInfo info) {
    if (trace != null) {
      enter(at, 0);
      try {
        trace.roundTripStart(info);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.ROUND_TRIP_START, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void getConn(long at, String hostPort) {
    if (trace != null) {
      enter(at, 0);
      try {
        trace.getConn(hostPort);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.GET_CONN, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void connWaitStart(long at, ConnWaitReason reason) {
    if (trace != null) {
      enter(at, 0);
      try {
        trace.connWaitStart(reason);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.CONN_WAIT_START, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void dnsStart(long at, long connection, DnsStartInfo info) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.dnsStart(info);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.DNS_START, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void dnsDone(long at, long connection, DnsDoneInfo info) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.dnsDone(info);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.DNS_DONE, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void connectStart(long at, long connection, SocketAddress addr) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.connectStart("tcp", addr);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.CONNECT_START, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void connectDone(long at, long connection, SocketAddress addr, @Nullable Throwable error) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.connectDone("tcp", addr, error);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.CONNECT_DONE, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void tlsHandshakeStart(long at, long connection) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.tlsHandshakeStart();
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.TLS_HANDSHAKE_START, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void tlsHandshakeDone(
      long at, long connection, @Nullable TlsConnectionState state, @Nullable Throwable error) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.tlsHandshakeDone(state, error);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.TLS_HANDSHAKE_DONE, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void proxyConnectStart(long at, long connection, SocketAddress addr) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.proxyConnectStart(addr);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.PROXY_CONNECT_START, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void proxyConnectDone(long at, long connection, int status, @Nullable Throwable error) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.proxyConnectDone(status, error);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.PROXY_CONNECT_DONE, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void gotConn(long at, GotConnInfo info) {
    if (trace != null) {
      enter(at, info.connection().id());
      try {
        trace.gotConn(info);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.GOT_CONN, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void wroteHeaderField(long at, long connection, String key, List<String> value) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.wroteHeaderField(key, value);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.WROTE_HEADER_FIELD, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void wroteHeaders(long at, long connection) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.wroteHeaders();
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.WROTE_HEADERS, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void wait100Continue(long at, long connection) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.wait100Continue();
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.WAIT_100_CONTINUE, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void wroteRequest(long at, long connection, WroteRequestInfo info) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.wroteRequest(info);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.WROTE_REQUEST, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void gotFirstResponseByte(long at, long connection) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.gotFirstResponseByte();
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.GOT_FIRST_RESPONSE_BYTE, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void got100Continue(long at, long connection) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.got100Continue();
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.GOT_100_CONTINUE, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  /**
   * Calls the only hook that may abort the request.
   *
   * @return the throwable of the hook, which aborts the request; or null
   */
  public @Nullable Throwable got1xxResponse(
      long at, long connection, int code, Map<String, List<String>> header) {
    if (trace == null) {
      return null;
    }
    enter(at, connection);
    try {
      trace.got1xxResponse(code, header);
      return null;
    } catch (Throwable veto) {
      return veto;
    } finally {
      EventStamp.exit();
    }
  }

  public void gotResponse(long at, long connection, GotResponseInfo info) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.gotResponse(info);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.GOT_RESPONSE, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void putIdleConn(long at, long connection, @Nullable IOException error) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.putIdleConn(error);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.PUT_IDLE_CONN, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  public void roundTripDone(long at, long connection, RoundTripDoneInfo info) {
    if (trace != null) {
      enter(at, connection);
      try {
        trace.roundTripDone(info);
      } catch (Throwable thrown) {
        HookFailures.log(trace, Hook.ROUND_TRIP_DONE, thrown);
      } finally {
        EventStamp.exit();
      }
    }
  }

  private void enter(long at, long connection) {
    EventStamp.enter(at, requestId, roundTrip, connection);
  }
}
