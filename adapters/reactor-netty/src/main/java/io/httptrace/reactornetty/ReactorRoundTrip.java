package io.httptrace.reactornetty;

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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of one round trip, but for those of its dial. It begins and ends on any thread; in
 * between it is used by the event loop of its connection.
 */
final class ReactorRoundTrip {
  private static final int CONTINUE = 100;

  private final ReactorCall call;
  private final ReactorHookQueue hooks;
  private final int number;
  private final ReactorTarget target;

  // Set by start(), before there are connections.
  private volatile long startedAt;

  // Guarded by this.
  private @Nullable ReactorDial dial;
  private boolean connected;
  private boolean lostConnection;
  private boolean givenUp;
  private boolean ended;

  // Written by the event loop of the connection only.
  private volatile long connectionId;
  private volatile boolean wroteHead;
  private volatile boolean expectsContinue;
  private volatile boolean continued;
  private volatile boolean wroteRequest;
  private volatile boolean gotByte;
  private volatile boolean answered;
  private volatile boolean delivered;
  private volatile int status;
  private volatile @Nullable String location;
  private volatile @Nullable Throwable failure;
  private volatile long failedAt;

  /**
   * Makes one that has not begun.
   *
   * @param call the call
   * @param hooks its hooks
   * @param number its number, from 1
   * @param target what is asked for
   */
  ReactorRoundTrip(ReactorCall call, ReactorHookQueue hooks, int number, ReactorTarget target) {
    this.call = call;
    this.hooks = hooks;
    this.number = number;
    this.target = target;
  }

  ReactorCall call() {
    return call;
  }

  ReactorTarget target() {
    return target;
  }

  /** {@return when it began} */
  long startedAt() {
    return startedAt;
  }

  void start(long at, RoundTripReason reason, HookSupport support) {
    startedAt = at;
    RoundTripStartInfo info =
        RoundTripStartInfo.of(number, reason, target.method(), target.uri(), support);
    fire(Hook.ROUND_TRIP_START, at, trace -> trace.roundTripStart(info));
    String hostPort = target.hostPort();
    fire(Hook.GET_CONN, at, trace -> trace.getConn(hostPort));
  }

  // ---- The connection

  /** {@return its dial, which begins with this if it has none; null if it has ended} */
  synchronized @Nullable ReactorDial dial() {
    if (ended) {
      return null;
    }
    ReactorDial known = dial;
    if (known == null) {
      known = new ReactorDial(this, hooks, number);
      dial = known;
    }
    return known;
  }

  synchronized boolean hasConnection() {
    return connected;
  }

  /** {@return whether it takes a connection: not if it has ended, or has one} */
  synchronized boolean takeConnection() {
    if (ended || connected) {
      return false;
    }
    connected = true;
    return true;
  }

  /** The connection has ended, and the request may be sent again on another one. */
  synchronized void loseConnection() {
    lostConnection = true;
  }

  /** {@return whether it has no connection, and does not take one any more} */
  synchronized boolean giveUpConnection() {
    if (connected && !lostConnection) {
      return false;
    }
    connected = true;
    givenUp = true;
    return true;
  }

  /** {@return whether the caller has given it up before it had a connection} */
  synchronized boolean isGivenUp() {
    return givenUp;
  }

  void gotConn(long at, GotConnInfo info) {
    connectionId = info.connection().id();
    fire(Hook.GOT_CONN, at, trace -> trace.gotConn(info));
  }

  // ---- Writing

  /** A head has been written. */
  void wroteHead(Iterable<Map.Entry<String, List<String>>> fields, boolean expects) {
    long now = System.nanoTime();
    wroteHead = true;
    expectsContinue = expects;
    for (Map.Entry<String, List<String>> field : fields) {
      String name = field.getKey();
      List<String> values = field.getValue();
      fire(Hook.WROTE_HEADER_FIELD, now, trace -> trace.wroteHeaderField(name, values));
    }
    fire(Hook.WROTE_HEADERS, now, ClientTrace::wroteHeaders);
  }

  /** The request has been written, or could not be. */
  void wroteRequest(@Nullable Throwable error) {
    if (wroteRequest || connectionId == 0) {
      return; // told, or the proxy has not let it through
    }
    wroteRequest = true;
    WroteRequestInfo info = WroteRequestInfo.of(error);
    fire(Hook.WROTE_REQUEST, System.nanoTime(), trace -> trace.wroteRequest(info));
  }

  // ---- The response

  void gotByte() {
    if (!gotByte) {
      gotByte = true;
      fire(Hook.GOT_FIRST_RESPONSE_BYTE, System.nanoTime(), ClientTrace::gotFirstResponseByte);
    }
  }

  /**
   * An informational response has come.
   *
   * @param veto is told what a hook throws to abort the request
   */
  void gotInformational(int code, Map<String, List<String>> fields, Consumer<Throwable> veto) {
    long now = System.nanoTime();
    if (code == CONTINUE && expectsContinue && !continued) {
      continued = true;
      fire(Hook.GOT_100_CONTINUE, now, ClientTrace::got100Continue);
    }
    hooks.fire1xx(now, number, connectionId, trace -> trace.got1xxResponse(code, fields), veto);
  }

  void gotResponse(
      int code,
      String protocol,
      @Nullable String redirect,
      Supplier<Map<String, List<String>>> fields) {
    if (answered) {
      return;
    }
    long now = System.nanoTime();
    answered = true;
    status = code;
    location = redirect;
    GotResponseInfo info = GotResponseInfo.collecting(code, protocol, fields);
    fire(Hook.GOT_RESPONSE, now, trace -> trace.gotResponse(info));
  }

  boolean isAnswered() {
    return answered;
  }

  /** The caller gets the response. */
  void delivered() {
    delivered = true;
  }

  boolean isDelivered() {
    return delivered;
  }

  /** {@return where the response redirects to; null if it does not} */
  @Nullable ReactorTarget redirected() {
    String to = location;
    return to != null && status >= 300 && status < 400 ? target.redirectedTo(status, to) : null;
  }

  /** The connection goes back to the pool. */
  void putIdle() {
    fire(Hook.PUT_IDLE_CONN, System.nanoTime(), trace -> trace.putIdleConn(null));
  }

  // ---- The end

  /** Something has gone wrong, which may end it. */
  void noteFailure(Throwable error) {
    if (failure == null) {
      failedAt = System.nanoTime();
      failure = error;
    }
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /** {@return when something went wrong; now, if nothing did} */
  long failedAt() {
    return failure == null ? System.nanoTime() : failedAt;
  }

  /** Ends it, unless it has ended. */
  void done(long at, RoundTripOutcome outcome, @Nullable Throwable error) {
    ReactorDial open;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      open = dial;
    }
    if (open != null && error != null) {
      open.stop(error);
    }
    if (wroteHead && error != null) {
      wroteRequest(error);
    }
    RoundTripDoneInfo info = RoundTripDoneInfo.of(outcome, null, error);
    fire(Hook.ROUND_TRIP_DONE, at, trace -> trace.roundTripDone(info));
  }

  private void fire(Hook hook, long at, CallHooks.HookCall hookCall) {
    hooks.fire(hook, at, number, connectionId, hookCall);
  }
}
