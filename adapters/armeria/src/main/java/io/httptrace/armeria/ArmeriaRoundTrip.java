package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.logging.ClientConnectionTimings;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.common.logging.RequestLogListener;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import io.httptrace.GotConnInfo;
import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.CallHooks;
import io.httptrace.armeria.ArmeriaConnections.Source;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One round trip: one way of a request through the decorators. Armeria calls it for each thing that
 * it notes in the request's log, at once and on the thread that notes it: the event loop, but for
 * requests that fail before they have one.
 */
final class ArmeriaRoundTrip implements RequestLogListener {
  /** The round trip that a context is for. */
  static final AttributeKey<ArmeriaRoundTrip> KEY =
      AttributeKey.valueOf(ArmeriaRoundTrip.class, "KEY");

  private final ArmeriaCall call;
  private final int number;
  private final ClientRequestContext ctx;
  private final ArmeriaConnections connections;
  private final ArmeriaExchange exchange;

  private long begunAt;

  // What is written by one thread is read by another one that comes after it.
  private volatile @Nullable ArmeriaLookup lookup;
  private volatile @Nullable ArmeriaDial dial;
  private volatile @Nullable Channel channel;
  private volatile long connectionId;
  private volatile boolean hasSession;
  private volatile @Nullable ClientConnectionTimings failed;

  // Its log and its response.
  private final AtomicInteger awaited = new AtomicInteger(2);
  private volatile @Nullable RequestLog complete;
  private volatile @Nullable Throwable responseFailure;
  private volatile boolean requestFailed;

  ArmeriaRoundTrip(
      ArmeriaCall call, int number, ClientRequestContext ctx, ArmeriaConnections connections) {
    this.call = call;
    this.number = number;
    this.ctx = ctx;
    this.connections = connections;
    this.exchange = new ArmeriaExchange(this, ctx);
  }

  CallHooks hooks() {
    return call.hooks();
  }

  int number() {
    return number;
  }

  /** {@return whether this is the one of a context, and not of one that it was derived from} */
  boolean isOf(ClientRequestContext context) {
    return ctx == context;
  }

  /** Calls a hook, on the connection that the round trip has, if it has one. */
  void fire(Hook hook, long at, CallHooks.HookCall hookCall) {
    call.hooks().fire(hook, at, number, connectionId, hookCall);
  }

  /** Calls {@code got1xxResponse}, which may throw. */
  void fireOrThrow(CallHooks.HookCall hookCall) throws IOException {
    call.hooks().fireOrThrow(System.nanoTime(), number, connectionId, hookCall);
  }

  void begin(RoundTripReason reason) {
    long now = System.nanoTime();
    begunAt = now;
    RoundTripStartInfo info =
        RoundTripStartInfo.of(
            number, reason, ctx.method().name(), ArmeriaTargets.uri(ctx), ArmeriaSupports.of(ctx));
    String hostPort = ArmeriaTargets.hostPort(ctx);
    fire(Hook.ROUND_TRIP_START, now, trace -> trace.roundTripStart(info));
    fire(Hook.GET_CONN, now, trace -> trace.getConn(hostPort));
  }

  /** {@return when it has begun, by {@link System#nanoTime()}} */
  long begunAt() {
    return begunAt;
  }

  @Nullable Endpoint endpoint() {
    return ctx.endpoint();
  }

  // ---- The connection

  /** {@return whether it needs a connection and dials none at the moment} */
  boolean mayDial() {
    ArmeriaDial begun = dial;
    return !hasSession && (begun == null || begun.isOver());
  }

  ArmeriaLookup lookUp(String host) {
    ArmeriaLookup begun = new ArmeriaLookup(this, host);
    lookup = begun;
    return begun;
  }

  void dials(ArmeriaDial begun) {
    dial = begun;
  }

  private void session(RequestLog log) {
    hasSession = true;
    ClientConnectionTimings timings = log.connectionTimings();
    Channel got = log.channel();
    if (got == null) {
      failed = timings; // Why, it is not said yet.
      return;
    }
    ArmeriaDial own = dial;
    boolean dialled = own != null && own.channel() == got;
    Source source = dialled ? Source.DIALLED : Source.POOLED;
    if (timings != null && !dialled) {
      boolean alone = timings.socketConnectStartTimeMicros() > 0;
      source = alone ? Source.DIALLED : Source.WAITED_FOR;
      long id = alone ? connections.dialled(got) : 0;
      new TimedDial(this, log, id)
          .replay(timings, lookup == null, alone, got.remoteAddress(), null);
    } else if (timings != null) {
      new TimedDial(this, log, 0).waited(timings);
    }
    gotConn(got, source, log.sessionProtocol(), dialled && own != null ? own.tls() : null);
  }

  private void gotConn(
      Channel got, Source source, SessionProtocol protocol, @Nullable TlsConnectionState tls) {
    long now = System.nanoTime();
    GotConnInfo info = connections.acquire(got, source, protocol, tls);
    channel = got;
    connectionId = info.connection().id();
    fire(Hook.GOT_CONN, now, trace -> trace.gotConn(info));
    DialHandler.leave(got.pipeline());
    exchange.begin(got, protocol);
  }

  /** Tells a dial that has failed and that nobody has listened to. */
  private void tellFailedDial(RequestLog log, Throwable error) {
    ClientConnectionTimings timings = failed;
    if (timings != null) {
      failed = null;
      boolean connects = dial == null && timings.socketConnectStartTimeMicros() > 0;
      long id = connections.newId();
      new TimedDial(this, log, id)
          .replay(timings, lookup == null, connects, ArmeriaTargets.address(ctx), error);
    }
    ArmeriaLookup begun = lookup;
    if (begun != null) {
      begun.done(List.of(), error); // Nobody waits for it any more.
    }
  }

  // ---- The log

  @Override
  public void onEvent(RequestLogProperty property, RequestLog log) {
    switch (property) {
      case SESSION -> session(log);
      case REQUEST_HEADERS -> {
        if (channel != null && !log.isAvailable(RequestLogProperty.REQUEST_END_TIME)) {
          exchange.writesHead(log.requestHeaders());
        }
      }
      case REQUEST_FIRST_BYTES_TRANSFERRED_TIME -> {
        if (log.requestFirstBytesTransferredTimeNanos() != null) {
          exchange.wroteHead();
        }
      }
      case REQUEST_END_TIME -> {
        Throwable cause = log.requestCause();
        if (cause != null && channel == null) {
          tellFailedDial(log, ArmeriaErrors.peel(cause));
        }
        exchange.wroteRequest(cause);
      }
      case RESPONSE_FIRST_BYTES_TRANSFERRED_TIME -> {
        if (log.responseFirstBytesTransferredTimeNanos() != null) {
          exchange.firstByte();
        }
      }
      case RESPONSE_HEADERS -> exchange.headInLog(log.responseHeaders());
      case ALL_COMPLETE -> {
        complete = log;
        ended();
      }
      default -> {}
    }
  }

  // ---- The end

  /** The request is on its way. */
  void awaits(HttpRequest request, HttpResponse response) {
    response
        .whenComplete()
        .handle(
            (nothing, failure) -> {
              responseFailure = failure;
              return request
                  .whenComplete()
                  .handle(
                      (none, requestFailure) -> {
                        requestFailed = requestFailure != null;
                        ended();
                        return null;
                      });
            });
  }

  /** The request was not sent at all. */
  void failed(Throwable thrown) {
    responseFailure = thrown;
    requestFailed = true;
    ended();
  }

  private void ended() {
    if (awaited.decrementAndGet() > 0) {
      return;
    }
    RequestLog log = complete; // Not read before: another thread may just have set it.
    if (log == null) {
      return;
    }
    Channel used = channel;
    Throwable failure = responseFailure;
    boolean pooled =
        used != null
            && failure == null
            && !requestFailed
            && log.responseCause() == null
            && exchange.keepsConnection()
            && used.isActive();
    if (used != null) {
      exchange.end();
      connections.release(used);
    }
    long now = System.nanoTime();
    if (pooled) {
      fire(Hook.PUT_IDLE_CONN, now, trace -> trace.putIdleConn(null));
    }
    RoundTripDoneInfo info = ArmeriaErrors.outcome(ctx, log, failure, exchange.status());
    fire(Hook.ROUND_TRIP_DONE, now, trace -> trace.roundTripDone(info));
    call.ended(exchange.status());
  }
}
