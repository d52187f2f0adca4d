package io.httptrace.jetty;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.WroteRequestInfo;
import io.httptrace.adapter.CallHooks.HookCall;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of one round trip, but for those of its dial, and what has been told so far.
 *
 * <p>Jetty writes on one thread and reads on another, and says that it has written when the write
 * returns: an answer may be faster. An answer shows that the request was written, so then that is
 * told first.
 */
final class JettyRoundTrip {
  private final JettyCall call;
  private final int number;
  private final HttpExchange exchange;
  private final HttpRequest request;
  private final JettyListeners listeners;
  private final @Nullable JettyRequestBody body;

  // Guarded by the call.
  private boolean waiting;
  private @Nullable JettyDial dial;
  private @Nullable Connection connection;
  private long connectionId;
  private boolean gotConn;
  private boolean wroteHead;
  private boolean expectsContinue;
  private boolean wroteRequest;
  private boolean firstByte;
  private boolean gotContinue;
  private int status;
  private boolean responseDone;
  private boolean done;

  private volatile @Nullable Throwable veto;

  /** Makes one that has not begun. Numbers are from 1. */
  JettyRoundTrip(JettyCall call, int number, HttpExchange exchange) {
    this.call = call;
    this.number = number;
    this.exchange = exchange;
    this.request = exchange.getRequest();
    this.body = JettyRequestBody.of(request);
    this.listeners = new JettyListeners(exchange);
  }

  int number() {
    return number;
  }

  HttpRequest request() {
    return request;
  }

  JettyListeners listeners() {
    return listeners;
  }

  JettyCall call() {
    return call;
  }

  /** {@return what a hook has aborted it with; null if none has} */
  @Nullable Throwable veto() {
    return veto;
  }

  // ---- The connection

  /** Begins it, in {@link JettyCall#note}. */
  void start(@Nullable JettyRoundTrip before) {
    long now = System.nanoTime();
    waiting = true;
    call.installation().waits();
    listeners.listen(call.installation(), exchange.getResponse());
    RoundTripStartInfo info =
        RoundTripStartInfo.of(
            number,
            before == null ? RoundTripReason.FIRST : JettyOutcomes.reasonAfter(before.status),
            request.getMethod(),
            JettyAddresses.uri(request),
            JettyTracing.hookSupport());
    add(Hook.ROUND_TRIP_START, now, trace -> trace.roundTripStart(info));
    String hostPort = JettyAddresses.hostPort(exchange.getHttpDestination());
    add(Hook.GET_CONN, now, trace -> trace.getConn(hostPort));
    if (request.getConnection() == null && JettyAddresses.isFull(exchange.getHttpDestination())) {
      add(Hook.CONN_WAIT_START, now, trace -> trace.connWaitStart(ConnWaitReason.HOST_LIMIT));
    }
  }

  /** {@return a dial for this round trip; null if it has one, or does not need one any more} */
  @Nullable JettyDial newDial(Map<String, Object> context) {
    synchronized (call) {
      JettyDial before = dial;
      if (!waiting || (before != null && !before.isOver())) {
        return null;
      }
      JettyDial made = new JettyDial(this, call.installation().connections().newId(), context);
      dial = made;
      return made;
    }
  }

  /** Jetty has chosen the connection, and begins. */
  void begin() {
    long now = System.nanoTime();
    Connection got = request.getConnection();
    call.note(
        () -> {
          if (got == null || connection != null || done) {
            return;
          }
          connection = got;
          stopWaiting();
          JettyDial own = dial;
          // Without ALPN Jetty writes the request as the first thing that TLS has to encrypt.
          if (own == null || !own.isHandshakingFor(got)) {
            addGotConn(now);
          }
        });
  }

  /** The handshake of the dial has succeeded; in {@link JettyCall#note}. */
  void handshakeDone(long at) {
    if (connection != null && !done) {
      addGotConn(at);
    }
  }

  private void addGotConn(long at) {
    Connection got = connection;
    if (gotConn || got == null) {
      return;
    }
    gotConn = true;
    JettyDial own = dial;
    JettyConnections.Got info =
        JettyConnections.got(
            call.installation().connections(),
            got,
            own != null && own.isOf(got) ? own : null,
            request.getVersion(),
            at);
    connectionId = info.id();
    add(Hook.GOT_CONN, at, trace -> trace.gotConn(info.info()));
  }

  private void stopWaiting() {
    if (waiting) {
      waiting = false;
      call.installation().waitsNoMore();
    }
  }

  // ---- Writing

  void wroteHead() {
    long now = System.nanoTime();
    call.note(() -> addWroteHead(now));
  }

  private void addWroteHead(long at) {
    JettyDial own = dial;
    boolean handshaking = own != null && connection != null && own.isHandshakingFor(connection);
    // If TLS is closed by the peer before it is set up, Jetty says that it has written.
    if (wroteHead || done || connection == null || handshaking) {
      return;
    }
    wroteHead = true;
    addGotConn(at);
    JettyRequestFields.of(request, body)
        .forEach(
            (name, values) ->
                add(Hook.WROTE_HEADER_FIELD, at, trace -> trace.wroteHeaderField(name, values)));
    add(Hook.WROTE_HEADERS, at, ClientTrace::wroteHeaders);
    if (body != null
        && request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString())) {
      expectsContinue = true;
      add(Hook.WAIT_100_CONTINUE, at, ClientTrace::wait100Continue);
    }
  }

  void wroteRequest() {
    long now = System.nanoTime();
    call.note(() -> addWroteRequest(now, null));
  }

  private void addWroteRequest(long at, @Nullable Throwable error) {
    if (gotConn && !wroteRequest && !done) {
      wroteRequest = true;
      WroteRequestInfo info = WroteRequestInfo.of(error);
      add(Hook.WROTE_REQUEST, at, trace -> trace.wroteRequest(info));
    }
  }

  void requestFailed(Throwable failure) {
    long now = System.nanoTime();
    call.note(
        () -> {
          // Jetty fails a request whose body is not wanted, although its response is complete.
          boolean unsent = expectsContinue && !gotContinue && status >= 200;
          addWroteRequest(now, unsent ? null : failure);
          failDial(failure);
        });
  }

  private void failDial(Throwable failure) {
    JettyDial own = dial;
    if (own != null && !gotConn) {
      own.addFailed(failure);
    }
  }

  // ---- The response

  /** A head is being read, which may be that of an informational response. */
  void responseBegins(int code) {
    long now = System.nanoTime();
    call.note(
        () -> {
          status = code;
          addWroteHead(now);
          if (body == null || (!HttpStatus.isInterim(code) && body.isWritten(connection))) {
            addWroteRequest(now, null);
          }
          if (!firstByte && !done) {
            firstByte = true;
            add(Hook.GOT_FIRST_RESPONSE_BYTE, now, ClientTrace::gotFirstResponseByte);
          }
        });
  }

  void gotInterim(Response response) {
    long now = System.nanoTime();
    int code = response.getStatus();
    Map<String, List<String>> fields = JettyConnections.fields(response);
    call.note(
        () -> {
          if (done) {
            return;
          }
          boolean http2 = JettyConnections.isHttp2(request.getVersion());
          if (!http2) {
            addGotContinue(now, code, expectsContinue);
          }
          call.add1xx(now, this, connectionId, trace -> trace.got1xxResponse(code, fields));
          if (http2) {
            addGotContinue(now, code, true); // as in Go, whether it was asked for or not
          }
        });
  }

  private void addGotContinue(long at, int code, boolean wanted) {
    if (code == HttpStatus.CONTINUE_100 && wanted && !gotContinue) {
      gotContinue = true;
      add(Hook.GOT_100_CONTINUE, at, ClientTrace::got100Continue);
    }
  }

  /** A {@code got1xxResponse} has thrown. */
  void vetoed(Throwable thrown) {
    veto = thrown;
    request.abort(thrown);
  }

  /** The head of the final response has been read, which the application is then told. */
  void gotResponse(Response response, Runnable told) {
    long now = System.nanoTime();
    GotResponseInfo info = JettyConnections.gotResponse(response);
    call.note(
        () -> {
          if (!done) {
            add(Hook.GOT_RESPONSE, now, trace -> gotResponse(trace, info));
          }
        },
        told);
  }

  private void gotResponse(ClientTrace trace, GotResponseInfo info) {
    if (veto == null) { // known only now: a hook for an informational response comes before it
      trace.gotResponse(info);
    }
  }

  /** Tells the application something, after the hooks that are due. */
  void tell(Runnable told) {
    call.note(() -> {}, told);
  }

  /**
   * The response has been read to its end, or has failed.
   *
   * @return whether the application is to be told when all is complete: Jetty will say so at once,
   *     and then the connection is in the pool
   */
  boolean responseEnds(boolean succeeded) {
    long now = System.nanoTime();
    call.note(
        () -> {
          responseDone = succeeded;
          addWrittenIfAnswered(now);
        });
    synchronized (call) {
      return wroteRequest || !gotConn;
    }
  }

  /** The peer has ended what it had to say, or has said something else: so it had the request. */
  private void addWrittenIfAnswered(long at) {
    boolean written =
        body == null ? !JettyRequestBody.isHeldBack(connection) : body.isWritten(connection);
    if (gotConn && written) {
      addWroteHead(at);
      addWroteRequest(at, null);
    }
  }

  /**
   * Request and response are over.
   *
   * @param last whether it is the last round trip of the call
   * @param told tells the application
   */
  void completed(Result result, boolean last, Runnable told) {
    call.note(
        () -> {
          addDone(result.getFailure());
          if (last || status == HttpStatus.SWITCHING_PROTOCOLS_101) {
            call.addEnd();
          }
        },
        told);
  }

  /** Ends it, unless it has ended; in {@link JettyCall#note}. */
  void addDone(@Nullable Throwable thrown) {
    if (done) {
      return;
    }
    long now = System.nanoTime();
    stopWaiting();
    Throwable failure = responseDone ? veto : thrown;
    if (failure != null) {
      failDial(failure);
    }
    if (wroteHead) {
      addWroteRequest(now, failure);
    }
    addPutIdle(now, failure);
    done = true;
    boolean responded = status >= 200;
    boolean running = call.installation().client().isRunning();
    add(
        Hook.ROUND_TRIP_DONE,
        now,
        trace ->
            trace.roundTripDone(
                JettyOutcomes.of(failure == null ? veto : failure, responded, running)));
  }

  private void addPutIdle(long at, @Nullable Throwable failure) {
    Connection was = connection;
    if (was == null || !gotConn) {
      return;
    }
    // With strict ordering of events Jetty puts the connection back after it has told of the end.
    boolean strict = call.installation().client().isStrictEventOrdering();
    boolean closed = was.isClosed();
    call.installation().connections().release(was, closed, at);
    boolean shared = JettyConnections.isHttp2(request.getVersion());
    boolean upgraded = status == HttpStatus.SWITCHING_PROTOCOLS_101;
    if (failure == null && !closed && !strict && !shared && !upgraded) {
      add(Hook.PUT_IDLE_CONN, at, trace -> trace.putIdleConn(null));
    }
  }

  private void add(Hook hook, long at, HookCall hookCall) {
    call.add(hook, at, number, connectionId, hookCall);
  }
}
