package io.httptrace.asynchttpclient;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.ClientTraces;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.Request;
import org.asynchttpclient.filter.FilterContext;
import org.asynchttpclient.filter.RequestFilter;
import org.asynchttpclient.handler.resumable.ResumableAsyncHandler;
import org.asynchttpclient.ws.WebSocketUpgradeHandler;

/** Finds the traces of each call, and has them listen. */
final class AhcRequestFilter implements RequestFilter {
  private final ClientTraces<Request> traces;
  private final AhcSettings settings;

  AhcRequestFilter(ClientTraces<Request> traces, AhcSettings settings) {
    this.traces = traces;
    this.settings = settings;
  }

  AhcSettings settings() {
    return settings;
  }

  @Override
  public <T> FilterContext<T> filter(FilterContext<T> ctx) {
    AsyncHandler<T> given = ctx.getAsyncHandler();
    ClientTrace own = AhcTracedHandler.takeTrace(given);
    Request request = ctx.getRequest();
    CallHooks hooks = traces.hooks(request, own, TraceContext.current().clientTrace());
    if (hooks == null) {
      return ctx;
    }
    AsyncHandler<T> handler = AhcTracedHandler.without(given);
    if (handler instanceof ResumableAsyncHandler resumable) {
      // AsyncHttpClient does so itself, after the filters, for a handler that it recognizes.
      request = resumable.adjustRequestRange(request);
    }
    AhcCallbacks call = new AhcCallbacks(new AhcCall(hooks, settings, request));
    return new FilterContext.FilterContextBuilder<>(ctx)
        .request(request)
        .asyncHandler(listening(handler, call))
        .build();
  }

  @SuppressWarnings("unchecked") // The handler of a WebSocket makes a WebSocket.
  private static <T> AsyncHandler<T> listening(AsyncHandler<T> handler, AhcCallbacks call) {
    return handler instanceof WebSocketUpgradeHandler webSocket
        ? (AsyncHandler<T>) new AhcWebSocketHandler(webSocket, call)
        : new AhcHandler<>(handler, call);
  }
}
