package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.common.logging.RequestLogAccess;
import io.httptrace.ClientTrace;
import io.httptrace.RoundTripReason;
import io.httptrace.TraceContext;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.ClientTraces;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/** A call that is traced: a request as the application sees it, with all its round trips. */
final class ArmeriaCall {
  /** The trace of the context that the call was sent in. */
  static final AttributeKey<ClientTrace> SENT_IN =
      AttributeKey.valueOf(ArmeriaCall.class, "SENT_IN");

  private static final AttributeKey<ArmeriaCall> KEY =
      AttributeKey.valueOf(ArmeriaCall.class, "KEY");

  private final CallHooks hooks;

  // Guarded by this.
  private int roundTrips;
  private int running;
  private int lastStatus;
  private boolean complete;

  private ArmeriaCall(CallHooks hooks) {
    this.hooks = hooks;
  }

  /**
   * {@return the call that a round trip is part of; null if nobody listens to it}
   *
   * @param ctx the context of the round trip
   * @param own the key of the trace of the request itself
   */
  static @Nullable ArmeriaCall of(
      ClientRequestContext ctx,
      ClientTraces<ClientRequestContext> traces,
      AttributeKey<ClientTrace> own) {
    ClientRequestContext whole = whole(ctx);
    ArmeriaCall known = whole.ownAttr(KEY);
    if (known != null) {
      return known;
    }
    ClientTrace sentIn = whole.ownAttr(SENT_IN);
    CallHooks hooks =
        traces.hooks(
            ctx, ctx.attr(own), sentIn == null ? TraceContext.current().clientTrace() : sentIn);
    if (hooks == null) {
      return null;
    }
    ArmeriaCall made = new ArmeriaCall(hooks);
    whole.setAttr(KEY, made);
    whole.log().whenComplete().thenAccept(log -> made.complete());
    return made;
  }

  /** {@return the context of the call, of which redirects and retries derive theirs} */
  private static ClientRequestContext whole(ClientRequestContext ctx) {
    ClientRequestContext whole = ctx;
    for (RequestLogAccess log = ctx.log().parent(); log != null; log = log.parent()) {
      if (log.context() instanceof ClientRequestContext parent) {
        whole = parent;
      }
    }
    return whole;
  }

  CallHooks hooks() {
    return hooks;
  }

  /** Begins a round trip. */
  ArmeriaRoundTrip begin(ClientRequestContext ctx, ArmeriaConnections connections) {
    int number;
    RoundTripReason reason;
    synchronized (this) {
      number = ++roundTrips;
      running++;
      reason = number == 1 ? RoundTripReason.FIRST : reasonAfter(lastStatus);
    }
    ArmeriaRoundTrip begun = new ArmeriaRoundTrip(this, number, ctx, connections);
    begun.begin(reason);
    return begun;
  }

  private static RoundTripReason reasonAfter(int status) {
    return status / 100 == 3 ? RoundTripReason.REDIRECT : RoundTripReason.RETRY;
  }

  /**
   * Ends a round trip.
   *
   * @param status its status; 0 if there was none
   */
  void ended(int status) {
    boolean over;
    synchronized (this) {
      lastStatus = status;
      running--;
      over = complete && running == 0;
    }
    if (over) {
      hooks.end();
    }
  }

  private void complete() {
    boolean over;
    synchronized (this) {
      complete = true;
      over = running == 0 && roundTrips > 0;
    }
    if (over) {
      hooks.end();
    }
  }
}
