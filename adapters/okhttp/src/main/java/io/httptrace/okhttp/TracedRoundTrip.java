package io.httptrace.okhttp;

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
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import okhttp3.Connection;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The hooks of one round trip, but for those of its dial, and what has been told so far. */
final class TracedRoundTrip {
  private final CallHooks hooks;
  private final int number;
  private final Request request;

  // Guarded by this: attempts to connect have threads of their own.
  private @Nullable OkHttpDial dial;

  // Each is written by one thread at a time. A duplex call has one thread that writes and one that
  // reads.
  private volatile @Nullable Connection connection;
  private volatile long connectionId;
  private volatile boolean wroteHead;
  private volatile boolean expectsContinue;
  private volatile boolean bodyStarted;
  private volatile boolean wroteRequest;
  private volatile boolean answered;
  private volatile @Nullable Response response;
  private volatile long bodyEnd;
  private volatile long bodyBytes;
  private volatile boolean connectionClosed;

  /**
   * Makes one that has not begun.
   *
   * @param hooks the hooks of the call
   * @param number its number, from 1
   * @param request what is asked for
   */
  TracedRoundTrip(CallHooks hooks, int number, Request request) {
    this.hooks = hooks;
    this.number = number;
    this.request = request;
  }

  int number() {
    return number;
  }

  Request request() {
    return request;
  }

  /** {@return the connection it has; null if it has none yet} */
  @Nullable Connection connection() {
    return connection;
  }

  /**
   * {@return the dial that is under way}
   *
   * @param made makes one if there is none
   */
  synchronized OkHttpDial dial(Supplier<OkHttpDial> made) {
    OkHttpDial known = dial;
    if (known == null) {
      known = made.get();
      dial = known;
    }
    return known;
  }

  /** {@return the dial that was under way, which is over; null if there was none} */
  synchronized @Nullable OkHttpDial takeDial() {
    OkHttpDial taken = dial;
    dial = null;
    return taken;
  }

  void start(long at, RoundTripReason reason, HookSupport support, String hostPort) {
    RoundTripStartInfo info =
        RoundTripStartInfo.of(number, reason, request.method(), request.url().uri(), support);
    fire(Hook.ROUND_TRIP_START, at, trace -> trace.roundTripStart(info));
    fire(Hook.GET_CONN, at, trace -> trace.getConn(hostPort));
  }

  void gotConn(long at, Connection got, GotConnInfo info) {
    connection = got;
    connectionId = info.connection().id();
    fire(Hook.GOT_CONN, at, trace -> trace.gotConn(info));
  }

  // ---- Writing

  void wroteHead(Request sent) {
    long now = System.nanoTime();
    wroteHead = true;
    Connection on = connection;
    if (on != null && isHttp2(on.protocol())) {
      RequestFields.http2(sent, (name, values) -> wroteField(now, name, values));
    } else {
      RequestFields.http1(sent, (name, values) -> wroteField(now, name, values));
    }
    fire(Hook.WROTE_HEADERS, now, ClientTrace::wroteHeaders);
    if (sent.body() == null) {
      wroteRequest(null);
    } else if ("100-continue".equalsIgnoreCase(sent.header("Expect"))) {
      expectsContinue = true;
      fire(Hook.WAIT_100_CONTINUE, System.nanoTime(), ClientTrace::wait100Continue);
    }
  }

  private void wroteField(long at, String name, List<String> values) {
    fire(Hook.WROTE_HEADER_FIELD, at, trace -> trace.wroteHeaderField(name, values));
  }

  /** The body begins to be written: if that was to wait for a 100, it has come. */
  void bodyStarts() {
    bodyStarted = true;
    if (expectsContinue && answered) {
      fire(Hook.GOT_100_CONTINUE, System.nanoTime(), ClientTrace::got100Continue);
    }
  }

  void wroteRequest(@Nullable Throwable error) {
    if (!wroteRequest) {
      wroteRequest = true;
      WroteRequestInfo info = WroteRequestInfo.of(error);
      fire(Hook.WROTE_REQUEST, System.nanoTime(), trace -> trace.wroteRequest(info));
    }
  }

  /** Ends what was under way when the round trip fails. */
  void stop(Throwable error) {
    OkHttpDial stopped = takeDial();
    if (stopped != null) {
      stopped.failed(error);
    }
    if (wroteHead && response == null && (bodyStarted || !answered)) {
      wroteRequest(error);
    }
  }

  // ---- The response

  void answered() {
    if (!answered) {
      answered = true;
      fire(Hook.GOT_FIRST_RESPONSE_BYTE, System.nanoTime(), ClientTrace::gotFirstResponseByte);
    }
  }

  void gotResponse(Response head) {
    long now = System.nanoTime();
    response = head;
    if (expectsContinue && !bodyStarted) {
      wroteRequest(null);
    }
    GotResponseInfo info =
        GotResponseInfo.collecting(
            head.code(),
            nameOf(head.protocol()),
            () -> Collections.unmodifiableMap(head.headers().toMultimap()));
    fire(Hook.GOT_RESPONSE, now, trace -> trace.gotResponse(info));
  }

  void bodyEnds(long bytes) {
    bodyBytes = bytes;
    bodyEnd = System.nanoTime();
  }

  /** The call has given the connection back. */
  void released(boolean closed) {
    connectionClosed = closed;
    Connection was = connection;
    if (was != null && !closed && bodyEnd != 0 && !isHttp2(was.protocol())) {
      fire(Hook.PUT_IDLE_CONN, System.nanoTime(), trace -> trace.putIdleConn(null));
    }
  }

  /** Ends it well. */
  void done() {
    long at = bodyEnd == 0 ? System.nanoTime() : bodyEnd;
    done(at, isAbandoned() ? RoundTripOutcome.ABANDONED : RoundTripOutcome.COMPLETED, null);
  }

  /** Ends it. */
  void done(long at, RoundTripOutcome outcome, @Nullable Throwable error) {
    RoundTripDoneInfo info = RoundTripDoneInfo.of(outcome, null, error);
    fire(Hook.ROUND_TRIP_DONE, at, trace -> trace.roundTripDone(info));
  }

  /**
   * {@return whether the body was closed before its end} OkHttp does not say; it reads what is left
   * if that does not take long.
   */
  private boolean isAbandoned() {
    Response head = response;
    if (head == null || bodyEnd == 0 || request.method().equals("HEAD")) {
      return false;
    }
    if (head.code() == 204 || head.code() == 304) {
      return false;
    }
    String length = head.header("Content-Length");
    if (length != null && head.header("Transfer-Encoding") == null) {
      return !length.equals(Long.toString(bodyBytes));
    }
    return connectionClosed
        && "chunked".equalsIgnoreCase(head.header("Transfer-Encoding"))
        && !"close".equalsIgnoreCase(head.header("Connection"));
  }

  // ---- Protocols

  static boolean isHttp2(Protocol protocol) {
    return protocol == Protocol.HTTP_2 || protocol == Protocol.H2_PRIOR_KNOWLEDGE;
  }

  static String nameOf(Protocol protocol) {
    if (isHttp2(protocol)) {
      return "HTTP/2";
    }
    return protocol == Protocol.HTTP_1_0 ? "HTTP/1.0" : "HTTP/1.1";
  }

  private void fire(Hook hook, long at, CallHooks.HookCall call) {
    hooks.fire(hook, at, number, connectionId, call);
  }
}
