package io.httptrace.jdk;

import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A round trip: keeps its hooks in order. Some things happen before those that they are to be told
 * after; they wait here.
 *
 * <p>Methods that are not said to be called by {@link SerialHooks} may be called on any thread.
 */
final class JdkRoundTrip {
  private static final int CONTINUE = 100;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int PROXY_AUTHENTICATION = 407;

  private final JdkCall call;
  private final Hooks hooks;
  private final int number;
  private final RoundTripReason reason;
  private final JdkDial dial;
  private final ConnectionSetup setup;
  private final Writing writing;

  /** The exchange of the round trip before this one. */
  private final @Nullable WeakReference<Object> before;

  /** The exchange, once it writes; not kept alive, as what it leads to leads here. */
  private volatile @Nullable WeakReference<Object> impl;

  private volatile boolean expectsContinue;
  private volatile boolean hasBody;
  private volatile int status;
  private volatile boolean ended;
  private volatile boolean responseTold;
  private volatile boolean headFlushAwaited;

  // When the first bytes came, and whether that is known to the tasks of SerialHooks.
  private volatile long firstByteAt;
  private volatile boolean firstByteSeen;

  // Used by tasks of SerialHooks only.
  private boolean firstByteWaits;
  private boolean firstByteTold;
  private boolean got100;
  private boolean bodyReadEarly;
  private long bodyReadAt;

  JdkRoundTrip(
      JdkCall call,
      Hooks hooks,
      int number,
      RoundTripReason reason,
      @Nullable JdkRoundTrip before) {
    this.before = before == null ? null : before.impl;
    this.call = call;
    this.hooks = hooks;
    this.number = number;
    this.reason = reason;
    this.dial = new JdkDial(hooks);
    this.setup = new ConnectionSetup(this, dial, call.hooks());
    this.writing = new Writing(hooks, this);
  }

  /** {@return why a round trip is made} */
  static RoundTripReason reason(@Nullable JdkRoundTrip before, Object multi) {
    if (before == null) {
      return RoundTripReason.FIRST;
    }
    if (Jdk.isRetry(multi)) {
      return RoundTripReason.RETRY;
    }
    return before.status == UNAUTHORIZED || before.status == PROXY_AUTHENTICATION
        ? RoundTripReason.AUTHENTICATION
        : RoundTripReason.REDIRECT;
  }

  boolean isOf(Object exchange) {
    WeakReference<Object> known = impl;
    return known != null && known.refersTo(exchange);
  }

  @Nullable Object before() {
    return before == null ? null : before.get();
  }

  void isOfNow(Object exchange) {
    impl = new WeakReference<>(exchange);
  }

  /**
   * {@return runs what hooks are waited for in: where it is given to it, or where they may block}
   */
  Executor offSelector() {
    return call.hooks()::offSelector;
  }

  boolean hasEnded() {
    return ended;
  }

  boolean hasResponse() {
    return responseTold;
  }

  /** {@return how it comes to its connection} */
  ConnectionSetup setup() {
    return setup;
  }

  /** The status of the last response, that of a proxy to CONNECT included. */
  void status(int code) {
    status = code;
  }

  /** Called by {@link SerialHooks}. */
  long connectionId() {
    return dial.connection();
  }

  // ---- Begin ----

  /** Called by {@link SerialHooks}. */
  void start(long at, HttpRequest request) {
    InetSocketAddress proxy = setup.begin(request);
    hasBody = Jdk.hasBody(request);
    expectsContinue = hasBody && Jdk.expectsContinue(request);
    RoundTripStartInfo info =
        RoundTripStartInfo.of(number, reason, request.method(), request.uri(), call.support());
    hooks.call(Hook.ROUND_TRIP_START, at, 0, trace -> trace.roundTripStart(info));
    String hostPort = Hosts.hostPort(request.uri(), proxy);
    hooks.call(Hook.GET_CONN, at, 0, trace -> trace.getConn(hostPort));
  }

  // ---- Writing ----

  void head(HeadFields fields) {
    call.hooks().run(() -> writing.head(fields));
  }

  /** The head is about to be written, over HTTP/1.1, or has been, over HTTP/2. */
  void headSent(boolean http2) {
    long now = System.nanoTime();
    headFlushAwaited = !http2;
    call.hooks()
        .run(
            () -> {
              writing.headSent(expectsContinue);
              if (http2) {
                headLeft(now);
              }
            });
  }

  void flushed() {
    if (headFlushAwaited) {
      headFlushAwaited = false;
      long now = beforeFirstByte(System.nanoTime());
      call.hooks().run(() -> headLeft(now));
    }
  }

  void bodySent(@Nullable Throwable error) {
    long now = hasBody ? System.nanoTime() : beforeFirstByte(System.nanoTime());
    call.hooks()
        .run(
            () -> {
              headLeft(now);
              writing.bodySent(now, error);
              tellFirstByte();
            });
  }

  /** The connection has ended before: the error will come. */
  void bodyNotSent() {
    call.hooks().run(writing::bodyNotSent);
  }

  /** The server answers what it has got: it cannot have got it later. */
  private long beforeFirstByte(long now) {
    long first = firstByteAt;
    return first != 0 && first - now < 0 ? first : now;
  }

  private void headLeft(long at) {
    writing.headLeft(at);
    tellFirstByte();
  }

  // ---- Response ----

  void bytesArrived() {
    if (firstByteAt == 0) {
      firstByteAt = System.nanoTime();
    }
  }

  /** A response begins, on a thread that may be held up. */
  void firstByte() {
    if (!firstByteSeen) {
      firstByteSeen = true;
      bytesArrived();
      call.hooks().run(this::firstByteToTell);
    }
  }

  /** A response begins, on a thread that serves other requests too. */
  void firstByteOnSharedThread() {
    if (!firstByteSeen) {
      firstByteSeen = true;
      bytesArrived();
      call.hooks().post(this::firstByteToTell);
    }
  }

  private void firstByteToTell() {
    firstByteWaits = true;
    tellFirstByte();
  }

  private void tellFirstByte() {
    if (firstByteWaits && !firstByteTold && writing.allowsResponse(hasBody)) {
      firstByteTold = true;
      hooks.call(
          Hook.GOT_FIRST_RESPONSE_BYTE,
          firstByteAt,
          connectionId(),
          trace -> trace.gotFirstResponseByte());
    }
  }

  /**
   * The head of a response has been read. An informational one is told.
   *
   * @return why the request is to be aborted, or null
   */
  @Nullable Throwable responded(int code, HttpHeaders fields, boolean http2) {
    if (code < CONTINUE || code >= OK || code == SWITCHING_PROTOCOLS) {
      return null;
    }
    long now = System.nanoTime();
    Throwable[] thrown = new Throwable[1];
    call.hooks()
        .run(
            () -> {
              headLeft(now);
              if (!hasBody) {
                // The head is all of the request, though the client may wait before it says so.
                writing.bodySent(beforeFirstByte(now), null);
                tellFirstByte();
              }
              if (code == CONTINUE && !http2 && expectsContinue && !got100) {
                got100 = true;
                got100Continue(now);
              }
              try {
                hooks.got1xxResponse(now, connectionId(), code, HeadFields.withoutPseudo(fields));
              } catch (Throwable veto) {
                thrown[0] = veto;
                return;
              }
              if (code == CONTINUE && http2) {
                got100Continue(now);
              }
            });
    return thrown[0];
  }

  private void got100Continue(long at) {
    hooks.call(Hook.GOT_100_CONTINUE, at, connectionId(), trace -> trace.got100Continue());
  }

  void finalResponse(int code, String protocol, HttpHeaders fields) {
    long now = System.nanoTime();
    status = code;
    call.hooks()
        .run(
            () -> {
              // The refusal of a tunnel is made a response too, without a connection or a body.
              boolean refused = code == PROXY_AUTHENTICATION && !dial.gotConn();
              if (!refused) {
                writing.close(beforeFirstByte(now));
                tellFirstByte();
              }
              GotResponseInfo info =
                  GotResponseInfo.of(code, protocol, HeadFields.withoutPseudo(fields));
              hooks.call(Hook.GOT_RESPONSE, now, connectionId(), trace -> trace.gotResponse(info));
              responseTold = true;
              if (refused || bodyReadEarly) {
                end(refused ? now : bodyReadAt, RoundTripOutcome.COMPLETED, null);
              }
            });
  }

  void putIdle() {
    long now = System.nanoTime();
    setup.leave(now);
    call.hooks()
        .run(
            () -> {
              if (!ended) {
                hooks.call(
                    Hook.PUT_IDLE_CONN, now, connectionId(), trace -> trace.putIdleConn(null));
              }
            });
  }

  // ---- End ----

  /** The body has been read to its end. */
  void bodyRead(boolean onSharedThread) {
    long now = System.nanoTime();
    setup.leave(now);
    Runnable task =
        () -> {
          if (responseTold) {
            end(now, RoundTripOutcome.COMPLETED, null);
          } else {
            bodyReadEarly = true;
            bodyReadAt = now;
          }
        };
    if (onSharedThread) {
      call.hooks().post(task);
    } else {
      call.hooks().run(task);
    }
  }

  void abandoned() {
    long now = System.nanoTime();
    setup.leave(now);
    call.hooks().post(() -> end(now, RoundTripOutcome.ABANDONED, null));
  }

  /** It has failed. A caller who cancels does not wait for the hooks. */
  void failed(Throwable error, @Nullable Object multi) {
    RoundTripOutcome outcome = Errors.outcome(error, multi);
    failed(error, outcome, outcome == RoundTripOutcome.CANCELLED, multi);
  }

  void failedOnSharedThread(Throwable error, @Nullable Object multi) {
    failed(error, Errors.outcome(error, multi), true, multi);
  }

  private void failed(
      Throwable error, RoundTripOutcome outcome, boolean later, @Nullable Object multi) {
    if (ended) {
      return;
    }
    long now = System.nanoTime();
    setup.leave(now);
    Runnable task = () -> end(now, outcome, Errors.ofPhase(error, multi));
    if (later) {
      call.hooks().post(task);
    } else {
      call.hooks().run(task);
    }
  }

  /** Another round trip follows. Called by {@link SerialHooks}. */
  void leave(long at) {
    end(at, RoundTripOutcome.ABANDONED, null);
  }

  private void end(long at, RoundTripOutcome outcome, @Nullable Throwable error) {
    if (ended) {
      return;
    }
    if (error != null && !responseTold) {
      dial.close(at, error);
      if (dial.gotConn()) {
        writing.fail(firstByteSeen ? beforeFirstByte(at) : at, error);
      }
      tellFirstByte();
    }
    ended = true;
    setup.end();
    RoundTripDoneInfo info = RoundTripDoneInfo.of(outcome, null, error);
    hooks.call(Hook.ROUND_TRIP_DONE, at, connectionId(), trace -> trace.roundTripDone(info));
    call.ended();
  }
}
