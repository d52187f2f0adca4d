package io.httptrace.jdk;

import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
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
  private final Writing writing;

  /** The exchange of the round trip before this one. */
  private final @Nullable WeakReference<Object> before;

  /** The exchange, once it writes; not kept alive, as what it leads to leads here. */
  private volatile @Nullable WeakReference<Object> impl;

  private volatile @Nullable Connection connection;
  private volatile @Nullable InetSocketAddress proxy;
  private volatile @Nullable InetSocketAddress proxyAddress;
  private volatile String host = "";
  private volatile boolean expectsContinue;
  private volatile boolean hasBody;
  private volatile int status;
  private volatile boolean ended;
  private volatile boolean responseTold;
  private volatile boolean headFlushAwaited;

  // Of the lookup; on the thread that makes it.
  private long lookupStart;
  private long lookupEnd;
  private @Nullable InetSocketAddress lookedUp;

  // Of connects; one after the other.
  private boolean connecting;
  private int nestedConnects;

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

  boolean hasEnded() {
    return ended;
  }

  boolean hasResponse() {
    return responseTold;
  }

  /** Called by {@link SerialHooks}. */
  long connectionId() {
    return dial.connection();
  }

  // ---- Begin ----

  /** Called by {@link SerialHooks}. */
  void start(long at, HttpRequest request) {
    proxy = Jdk.proxyOf(request);
    host = proxy == null ? String.valueOf(request.uri().getHost()) : proxy.getHostString();
    hasBody = Jdk.hasBody(request);
    expectsContinue = hasBody && Jdk.expectsContinue(request);
    RoundTripStartInfo info =
        RoundTripStartInfo.of(number, reason, request.method(), request.uri(), call.support());
    hooks.call(Hook.ROUND_TRIP_START, at, 0, trace -> trace.roundTripStart(info));
    String hostPort = Hosts.hostPort(request.uri(), proxy);
    hooks.call(Hook.GET_CONN, at, 0, trace -> trace.getConn(hostPort));
  }

  // ---- Connection ----

  void lookup() {
    if (proxy == null) {
      lookupStart = System.nanoTime();
    }
  }

  void lookedUp(InetSocketAddress found) {
    if (proxy == null) {
      lookupEnd = System.nanoTime();
      lookedUp = found;
    }
  }

  /** The pool is asked, after the proxy's name has been looked up, if that is needed. */
  void poolAsked() {
    InetSocketAddress known = proxy;
    if (known != null && known.isUnresolved()) {
      lookupStart = System.nanoTime();
    }
  }

  void reuses(Connection pooled, boolean wasIdle, String protocol) {
    long now = System.nanoTime();
    connection = pooled;
    pooled.roundTrip = this;
    call.hooks().run(() -> dial.gotReused(now, pooled, wasIdle, protocol));
  }

  void dials(Connection made, @Nullable InetSocketAddress address) {
    connection = made;
    proxyAddress = proxy == null ? null : address;
    made.roundTrip = this;
    InetSocketAddress known = proxy;
    if (known != null && known.isUnresolved()) {
      lookupEnd = System.nanoTime();
      lookedUp = address;
    }
    InetSocketAddress found = lookedUp;
    long start = lookupStart;
    long end = lookupEnd;
    call.hooks()
        .run(
            () -> {
              dial.begin(made);
              if (found != null) {
                dial.lookedUp(host, start, end, found);
              }
            });
  }

  @Nullable Connection connection() {
    return connection;
  }

  void connects(Object plainConnection) {
    if (connecting) {
      nestedConnects++;
      return;
    }
    connecting = true;
    InetSocketAddress address = Jdk.address(plainConnection);
    if (address != null && !address.isUnresolved()) {
      long now = System.nanoTime();
      call.hooks().run(() -> dial.connectStart(now, address));
    }
  }

  /** {@return whether a connect that has begun is not part of another one} */
  boolean isOuterConnect() {
    if (nestedConnects > 0) {
      nestedConnects--;
      return false;
    }
    return true;
  }

  void connected(
      @Nullable Throwable error, boolean secure, boolean tunnel, @Nullable Object multi) {
    long now = System.nanoTime();
    connecting = false;
    Connection to = connection;
    Throwable first =
        error == null || to == null || to.connectError == null
            ? error == null ? null : Errors.ofPhase(error, multi)
            : to.connectError;
    InetSocketAddress through = proxyAddress;
    call.hooks()
        .run(
            () -> {
              dial.connectDone(now, first);
              if (error == null && tunnel && through != null) {
                dial.proxyConnectStart(now, through);
              } else if (error == null && secure) {
                dial.tlsHandshakeStart(now);
              }
            });
  }

  void tunnelled(@Nullable Throwable error, boolean secure, @Nullable Object multi) {
    long now = System.nanoTime();
    Connection to = connection;
    int answer = error == null ? OK : to == null ? -1 : to.tunnelStatus;
    status = answer;
    call.hooks()
        .run(
            () -> {
              dial.proxyConnectDone(
                  now, answer, error == null ? null : Errors.ofPhase(error, multi));
              if (error == null && secure) {
                dial.tlsHandshakeStart(now);
              }
            });
  }

  void ready(Object of, @Nullable Throwable error) {
    long now = System.nanoTime();
    Connection to = connection;
    if (to == null) {
      return;
    }
    call.hooks()
        .run(
            () -> {
              String protocol = "HTTP/1.1";
              if (Jdk.isSecure(of)) {
                var state = error == null ? JdkTlsStates.of(Jdk.engine(of)) : null;
                to.tls = state;
                dial.tlsHandshakeDone(now, state, error);
                if (state != null && state.applicationProtocol().equals("h2")) {
                  protocol = "HTTP/2";
                }
              }
              if (error == null) {
                dial.gotNew(now, to, protocol);
              }
            });
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
              if (!dial.gotConn()) {
                // A proxy's refusal of a tunnel, which the client makes a response of.
                end(now, RoundTripOutcome.FAILED, new IOException("the proxy said " + code));
                return;
              }
              writing.close(beforeFirstByte(now));
              tellFirstByte();
              GotResponseInfo info =
                  GotResponseInfo.of(code, protocol, HeadFields.withoutPseudo(fields));
              hooks.call(Hook.GOT_RESPONSE, now, connectionId(), trace -> trace.gotResponse(info));
              responseTold = true;
              if (bodyReadEarly) {
                end(bodyReadAt, RoundTripOutcome.COMPLETED, null);
              }
            });
  }

  void putIdle() {
    long now = System.nanoTime();
    leavesConnection(now);
    call.hooks()
        .run(
            () -> {
              if (!ended) {
                hooks.call(
                    Hook.PUT_IDLE_CONN, now, connectionId(), trace -> trace.putIdleConn(null));
              }
            });
  }

  /** From now on another request may get the connection. */
  private void leavesConnection(long at) {
    Connection of = connection;
    if (of != null) {
      of.idleSince = at;
    }
  }

  // ---- End ----

  /** The body has been read to its end. */
  void bodyRead(boolean onSharedThread) {
    long now = System.nanoTime();
    leavesConnection(now);
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
    leavesConnection(now);
    call.hooks().post(() -> end(now, RoundTripOutcome.ABANDONED, null));
  }

  void failed(Throwable error, @Nullable Object multi) {
    if (!ended) {
      long now = System.nanoTime();
      leavesConnection(now);
      RoundTripOutcome outcome = Errors.outcome(error, multi);
      call.hooks().run(() -> end(now, outcome, Errors.ofPhase(error, multi)));
    }
  }

  void failedOnSharedThread(Throwable error, @Nullable Object multi) {
    if (!ended) {
      long now = System.nanoTime();
      leavesConnection(now);
      RoundTripOutcome outcome = Errors.outcome(error, multi);
      call.hooks().post(() -> end(now, outcome, Errors.ofPhase(error, multi)));
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
    Connection of = connection;
    if (of != null && of.roundTrip == this) {
      of.roundTrip = null;
    }
    RoundTripDoneInfo info = RoundTripDoneInfo.of(outcome, null, error);
    hooks.call(Hook.ROUND_TRIP_DONE, at, connectionId(), trace -> trace.roundTripDone(info));
    call.ended();
  }
}
