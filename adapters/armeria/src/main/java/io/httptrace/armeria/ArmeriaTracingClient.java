package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.HttpClient;
import com.linecorp.armeria.client.SimpleDecoratingHttpClient;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.adapter.KnownConnections;
import io.netty.channel.Channel;

/** Finds the trace of each request, and has it listen. */
final class ArmeriaTracingClient extends SimpleDecoratingHttpClient {
  private final ClientTraces<ClientRequestContext> traces;
  private final KnownConnections<Channel> own = new KnownConnections<>();

  ArmeriaTracingClient(HttpClient delegate, ClientTraces<ClientRequestContext> traces) {
    super(delegate);
    this.traces = traces;
  }

  /** {@return what is known of connections, if the factory does not have it} */
  KnownConnections<Channel> own() {
    return own;
  }

  @Override
  public HttpResponse execute(ClientRequestContext ctx, HttpRequest req) throws Exception {
    ArmeriaRoundTrip outer = ctx.ownAttr(ArmeriaRoundTrip.KEY);
    ArmeriaCall call =
        outer != null && outer.isOf(ctx)
            ? null // It is installed twice.
            : ArmeriaCall.of(ctx, traces, ArmeriaTracing.CLIENT_TRACE);
    if (call == null) {
      return unwrap().execute(ctx, req);
    }
    ArmeriaFactoryHooks factory = ArmeriaFactoryHooks.of(ctx.options().factory().options());
    ArmeriaRoundTrip roundTrip =
        call.begin(ctx, new ArmeriaConnections(factory == null ? own : factory.connections()));
    ctx.setAttr(ArmeriaRoundTrip.KEY, roundTrip);
    ctx.log().addListener(roundTrip);
    HttpResponse response;
    try {
      response = unwrap().execute(ctx, req);
    } catch (Throwable thrown) {
      roundTrip.failed(thrown);
      throw thrown;
    }
    roundTrip.awaits(req, response);
    return response;
  }
}
