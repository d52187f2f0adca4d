package io.httptrace.apache;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.WroteRequestInfo;
import io.httptrace.adapter.CallHooks;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of one round trip, but for those of its dial, and what has been told so far. Events
 * come one after the other, except that the asynchronous client may fail a request at any time.
 */
final class ApacheRoundTrip {
  private final CallHooks hooks;
  private final int number;

  private volatile boolean waited;
  private volatile @Nullable ApacheDial dial;
  private volatile long connectionId;

  // Guarded by this: what is told once.
  private boolean gotConn;
  private boolean wroteHeaders;
  private boolean wroteRequest;
  private boolean answered;
  private boolean got100;
  private boolean done;

  private volatile int status;
  private volatile long bodyEnd;
  private volatile @Nullable Throwable error;

  /**
   * Makes one that has not begun.
   *
   * @param hooks the hooks of the call
   * @param number its number, from 1
   */
  ApacheRoundTrip(CallHooks hooks, int number) {
    this.hooks = hooks;
    this.number = number;
  }

  // ---- Getting a connection

  void start(RoundTripStartInfo info, String hostPort) {
    long now = System.nanoTime();
    fire(Hook.ROUND_TRIP_START, now, trace -> trace.roundTripStart(info));
    fire(Hook.GET_CONN, now, trace -> trace.getConn(hostPort));
  }

  /** The pool makes it wait: what it gets then is handed over, and was not idle. */
  void waits() {
    synchronized (this) {
      if (gotConn) {
        return; // It has been given one meanwhile.
      }
    }
    waited = true;
    fire(
        Hook.CONN_WAIT_START,
        System.nanoTime(),
        trace -> trace.connWaitStart(ConnWaitReason.HOST_LIMIT));
  }

  boolean hasWaited() {
    return waited;
  }

  /**
   * {@return the dial of a connection, which begins}
   *
   * @param id the id that the connection will have
   */
  ApacheDial beginDial(long id) {
    ApacheDial before = dial;
    if (before != null) {
      before.tunnelOver();
    }
    ApacheDial begun = new ApacheDial(hooks, number, id);
    dial = begun;
    return begun;
  }

  /** {@return the dial in this round trip; null if it has a connection that was there before} */
  @Nullable ApacheDial dial() {
    return dial;
  }

  synchronized boolean hasConnection() {
    return gotConn;
  }

  void gotConn(long at, GotConnInfo info) {
    synchronized (this) {
      if (gotConn || done) {
        return;
      }
      gotConn = true;
    }
    connectionId = info.connection().id();
    fire(Hook.GOT_CONN, at, trace -> trace.gotConn(info));
  }

  void putIdle(@Nullable Throwable reason) {
    fire(Hook.PUT_IDLE_CONN, System.nanoTime(), trace -> trace.putIdleConn(reason));
  }

  // ---- Writing

  /** The head has been put into the buffer of the connection. */
  void wroteFields(Header[] fields) {
    long now = System.nanoTime();
    ApacheFields.grouped(
        fields,
        (name, values) ->
            fire(Hook.WROTE_HEADER_FIELD, now, trace -> trace.wroteHeaderField(name, values)));
  }

  /** Likewise, with each value on its own. */
  void wroteHttp2Fields(List<Header> fields) {
    long now = System.nanoTime();
    for (Header field : fields) {
      fire(
          Hook.WROTE_HEADER_FIELD,
          now,
          trace -> trace.wroteHeaderField(field.getName(), ApacheFields.valuesOf(field)));
    }
  }

  void wroteHeaders() {
    long now = System.nanoTime();
    synchronized (this) {
      if (wroteHeaders) {
        return;
      }
      wroteHeaders = true;
    }
    fire(Hook.WROTE_HEADERS, now, ClientTrace::wroteHeaders);
  }

  void waitsFor100() {
    fire(Hook.WAIT_100_CONTINUE, System.nanoTime(), ClientTrace::wait100Continue);
  }

  void wroteRequest(@Nullable Throwable failure) {
    long now = System.nanoTime();
    synchronized (this) {
      if (wroteRequest) {
        return;
      }
      wroteRequest = true;
    }
    WroteRequestInfo info = WroteRequestInfo.of(failure);
    fire(Hook.WROTE_REQUEST, now, trace -> trace.wroteRequest(info));
  }

  // ---- The response

  void firstByte() {
    long now = System.nanoTime();
    synchronized (this) {
      if (answered) {
        return;
      }
      answered = true;
    }
    fire(Hook.GOT_FIRST_RESPONSE_BYTE, now, ClientTrace::gotFirstResponseByte);
  }

  synchronized boolean isAnswered() {
    return answered;
  }

  void got100() {
    long now = System.nanoTime();
    synchronized (this) {
      if (got100) {
        return;
      }
      got100 = true;
    }
    fire(Hook.GOT_100_CONTINUE, now, ClientTrace::got100Continue);
  }

  /**
   * Tells of an informational response.
   *
   * @throws IOException what a hook throws to abort the request
   */
  void informational(HttpResponse response) throws IOException {
    if (isDone()) {
      return;
    }
    int code = response.getCode();
    Map<String, List<String>> fields = ApacheFields.map(response.getHeaders());
    hooks.fireOrThrow(
        System.nanoTime(), number, connectionId, trace -> trace.got1xxResponse(code, fields));
  }

  void gotResponse(HttpResponse response, String protocol) {
    long now = System.nanoTime();
    status = response.getCode();
    // As they are now: the client takes away some when it decodes the body.
    Header[] fields = response.getHeaders();
    GotResponseInfo info =
        GotResponseInfo.collecting(response.getCode(), protocol, () -> ApacheFields.map(fields));
    fire(Hook.GOT_RESPONSE, now, trace -> trace.gotResponse(info));
  }

  /** {@return the status of the response; 0 if there is none} */
  int status() {
    return status;
  }

  /** The body has been read to its end. */
  void bodyEnds() {
    if (bodyEnd == 0) {
      bodyEnd = System.nanoTime();
    }
  }

  boolean hasWholeBody() {
    return bodyEnd != 0;
  }

  /** Something has failed, and the round trip will end with it. */
  void fails(Throwable failure) {
    if (error == null) {
      error = failure;
    }
  }

  /** {@return what has failed; null if nothing has} */
  @Nullable Throwable error() {
    return error;
  }

  // ---- The end

  /**
   * Ends it, if it has not ended.
   *
   * @param outcome how it ends
   * @param failure what it fails with; null if it does not
   */
  void done(RoundTripOutcome outcome, @Nullable Throwable failure) {
    if (isDone()) {
      return;
    }
    if (failure != null) {
      stop(failure);
    } else {
      ApacheDial unfinished = dial;
      if (unfinished != null) {
        unfinished.tunnelOver();
      }
    }
    long end = bodyEnd;
    long at = end == 0 || failure != null ? System.nanoTime() : end;
    synchronized (this) {
      if (done) {
        return;
      }
      done = true;
    }
    if (failure != null) {
      fails(failure);
    }
    RoundTripDoneInfo info = RoundTripDoneInfo.of(outcome, null, failure);
    hooks.fire(Hook.ROUND_TRIP_DONE, at, number, connectionId, trace -> trace.roundTripDone(info));
  }

  /** Ends what is under way. */
  private void stop(Throwable failure) {
    ApacheDial unfinished = dial;
    if (unfinished != null) {
      unfinished.stop(failure);
    }
    boolean writing;
    synchronized (this) {
      writing = wroteHeaders && !wroteRequest && status == 0;
    }
    if (writing) {
      wroteRequest(failure);
    }
  }

  synchronized boolean isDone() {
    return done;
  }

  /** Calls a hook, unless it has ended: the asynchronous client may go on after a failure. */
  private void fire(Hook hook, long at, CallHooks.HookCall call) {
    if (isDone()) {
      return;
    }
    hooks.fire(hook, at, number, connectionId, call);
  }
}
