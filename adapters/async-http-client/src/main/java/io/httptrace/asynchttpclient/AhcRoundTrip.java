package io.httptrace.asynchttpclient;

import io.httptrace.ClientTrace;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.WroteRequestInfo;
import io.httptrace.adapter.CallHooks;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The hooks of one round trip, and what has been told so far. Used by one event at a time. */
final class AhcRoundTrip {
  private final CallHooks hooks;
  private final int number;
  private final AhcTarget target;

  private @Nullable AhcDial dial;
  private @Nullable Channel channel;
  private long connectionId;
  private boolean http2;
  private boolean released;

  private boolean writing;
  private boolean written;
  private boolean waiting;
  private boolean gotContinue;
  private boolean answered;
  private int status;
  private @Nullable String location;
  private int refused;
  private long bodyEnd;
  private @Nullable Throwable error;
  private boolean over;

  /**
   * Makes one that has not begun.
   *
   * @param hooks the hooks of the call
   * @param number its number, from 1
   * @param target what it asks for
   */
  AhcRoundTrip(CallHooks hooks, int number, AhcTarget target) {
    this.hooks = hooks;
    this.number = number;
    this.target = target;
  }

  AhcTarget target() {
    return target;
  }

  void start(long now, RoundTripReason reason, HookSupport support) {
    RoundTripStartInfo info =
        RoundTripStartInfo.of(number, reason, target.method(), target.toJdk(), support);
    fire(Hook.ROUND_TRIP_START, now, trace -> trace.roundTripStart(info));
  }

  void getConn(long now, String hostPort) {
    fire(Hook.GET_CONN, now, trace -> trace.getConn(hostPort));
  }

  // ---- The connection

  /** {@return the dial of this round trip; null if there is none} */
  @Nullable AhcDial dial() {
    return dial;
  }

  /** {@return the dial of this round trip, which begins if there is none} */
  AhcDial dial(AhcSettings settings, @Nullable String resolver) {
    AhcDial known = dial;
    if (known == null) {
      known = new AhcDial(hooks, number, settings.connections().newId(), resolver);
      dial = known;
    }
    return known;
  }

  /** {@return the connection it has got; null if it has none yet} */
  @Nullable Channel channel() {
    return channel;
  }

  void gotConn(long now, Channel got, boolean overHttp2, GotConnInfo info) {
    channel = got;
    http2 = overHttp2;
    connectionId = info.connection().id();
    fire(Hook.GOT_CONN, now, trace -> trace.gotConn(info));
  }

  /** {@return whether the connection has been counted as given back, or passed on} */
  boolean released() {
    return released;
  }

  /** The connection is counted as given back, or is kept for the round trip that follows. */
  void release() {
    released = true;
  }

  /** AsyncHttpClient puts the connection back. */
  void offered(long now) {
    notWritten(now);
    if (!http2) {
      fire(Hook.PUT_IDLE_CONN, now, trace -> trace.putIdleConn(null));
    }
  }

  // ---- Writing

  void writes() {
    writing = true;
  }

  /**
   * The head has been written.
   *
   * @param fields passes its fields
   * @param whole whether the body has been written with it, or there is none
   * @param waits whether the body waits for a 100
   */
  void wroteHead(
      long now, Consumer<BiConsumer<String, List<String>>> fields, boolean whole, boolean waits) {
    fields.accept(
        (name, values) ->
            fire(Hook.WROTE_HEADER_FIELD, now, trace -> trace.wroteHeaderField(name, values)));
    fire(Hook.WROTE_HEADERS, now, ClientTrace::wroteHeaders);
    if (whole) {
      wroteRequest(now, null);
    } else if (waits && status == 0) {
      waiting = true;
      fire(Hook.WAIT_100_CONTINUE, now, ClientTrace::wait100Continue);
    }
  }

  void wroteRequest(long now, @Nullable Throwable failure) {
    if (writing && !written) {
      written = true;
      WroteRequestInfo info = WroteRequestInfo.of(failure);
      fire(Hook.WROTE_REQUEST, now, trace -> trace.wroteRequest(info));
    }
  }

  /** The response has come to its end: AsyncHttpClient waits for nothing else. */
  private void notWritten(long now) {
    if (writing && !written) {
      wroteRequest(now, new IOException("the response ended before the request was written"));
    }
  }

  // ---- The response

  void answered(long now) {
    if (!answered) {
      answered = true;
      fire(Hook.GOT_FIRST_RESPONSE_BYTE, now, ClientTrace::gotFirstResponseByte);
    }
  }

  /**
   * An informational response has come. As in Go, the order of the hooks for a 100 differs over
   * HTTP/2, and there each 100 is told, expected or not.
   *
   * @throws IOException what a hook aborts the request with
   */
  void informational(long now, int code, Map<String, List<String>> fields) throws IOException {
    boolean continues = code == 100 && (http2 || (waiting && !gotContinue));
    gotContinue |= continues;
    if (continues && !http2) {
      fire(Hook.GOT_100_CONTINUE, now, ClientTrace::got100Continue);
    }
    hooks.fireOrThrow(now, number, connectionId, trace -> trace.got1xxResponse(code, fields));
    if (continues && http2) {
      fire(Hook.GOT_100_CONTINUE, now, ClientTrace::got100Continue);
    }
  }

  /** The head of the final response has come. */
  void response(long now, int code, String protocol, Map<String, List<String>> fields) {
    if (status != 0) {
      return;
    }
    status = code;
    List<String> locations = fields.get("Location");
    location = locations == null ? null : locations.get(0);
    if (waiting && !gotContinue) {
      wroteRequest(now, null); // The body is not sent any more.
    }
    GotResponseInfo info = GotResponseInfo.of(code, protocol, fields);
    fire(Hook.GOT_RESPONSE, now, trace -> trace.gotResponse(info));
  }

  /** {@return the status of the final response; 0 if none has come} */
  int status() {
    return status;
  }

  /** {@return where the response leads to; null if it does not say} */
  @Nullable String location() {
    return location;
  }

  /** A proxy has refused a tunnel. */
  void refused(int code) {
    refused = code;
  }

  /** {@return the status with which a proxy has refused a tunnel; 0 if none has} */
  int refused() {
    return refused;
  }

  void bodyEnds(long now) {
    bodyEnd = now;
  }

  // ---- The end

  /** Keeps what has happened to the connection, in case that AsyncHttpClient does not say it. */
  void broken(Throwable cause) {
    if (error == null) {
      error = cause;
    }
  }

  /** {@return what has happened to the connection; null if nothing is known} */
  @Nullable Throwable error() {
    return error;
  }

  /** It has failed: ends what is under way. */
  void failed(long now, RoundTripOutcome outcome, Throwable cause) {
    AhcDial stopped = dial;
    if (stopped != null) {
      stopped.stop(now, cause);
    }
    wroteRequest(now, cause);
    done(now, outcome, cause);
  }

  /**
   * It has ended well.
   *
   * @param whole whether the response need not be read any further
   */
  void completed(long now, boolean whole) {
    notWritten(now);
    boolean read = bodyEnd != 0 || whole;
    done(
        bodyEnd == 0 ? now : bodyEnd,
        read ? RoundTripOutcome.COMPLETED : RoundTripOutcome.ABANDONED,
        null);
  }

  private void done(long at, RoundTripOutcome outcome, @Nullable Throwable cause) {
    if (!over) {
      over = true;
      RoundTripDoneInfo info = RoundTripDoneInfo.of(outcome, null, cause);
      fire(Hook.ROUND_TRIP_DONE, at, trace -> trace.roundTripDone(info));
    }
  }

  private void fire(Hook hook, long at, CallHooks.HookCall call) {
    hooks.fire(hook, at, number, connectionId, call);
  }
}
