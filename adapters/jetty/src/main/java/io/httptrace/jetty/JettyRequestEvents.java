package io.httptrace.jetty;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.adapter.CallHooks;
import java.nio.ByteBuffer;
import java.util.Deque;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Hears of all requests of a client, and finds out which are traced. */
final class JettyRequestEvents implements Request.Listener {
  private static final String OWN_TRACE = ClientTrace.class.getName();

  private final JettyInstallation installation;

  JettyRequestEvents(JettyInstallation installation) {
    this.installation = installation;
  }

  @Override
  public void onQueued(Request request) {
    if (!(request instanceof HttpRequest http)) {
      return;
    }
    Deque<HttpExchange> exchanges = http.getConversation().getExchanges();
    HttpExchange exchange = exchanges.peekLast();
    JettyCall call = JettyCall.of(request);
    if (call == null && exchange == exchanges.peekFirst()) {
      call = begin(http);
    }
    if (call != null && exchange != null) {
      call.queued(exchange);
    }
  }

  private @Nullable JettyCall begin(HttpRequest request) {
    ClientTrace own = request.getAttributes().get(OWN_TRACE) instanceof ClientTrace t ? t : null;
    ClientTrace sentIn = TraceContext.current().clientTrace();
    CallHooks hooks = installation.traces().hooks(request, own, sentIn);
    return hooks == null ? null : JettyCall.begin(installation, hooks, request);
  }

  @Override
  public void onBegin(Request request) {
    JettyRoundTrip roundTrip = JettyCall.roundTripOf(request);
    if (roundTrip != null) {
      roundTrip.begin();
      return;
    }
    JettyDial dial = JettyDial.ofTunnel(request);
    if (dial != null) {
      dial.tunnelStart();
    }
  }

  @Override
  public void onHeaders(Request request) {}

  @Override
  public void onCommit(Request request) {
    JettyRoundTrip roundTrip = JettyCall.roundTripOf(request);
    if (roundTrip != null) {
      roundTrip.wroteHead();
    }
  }

  @Override
  public void onContent(Request request, ByteBuffer content) {}

  @Override
  public void onSuccess(Request request) {
    JettyRoundTrip roundTrip = JettyCall.roundTripOf(request);
    if (roundTrip != null) {
      roundTrip.wroteRequest();
    }
  }

  @Override
  public void onFailure(Request request, Throwable failure) {
    JettyRoundTrip roundTrip = JettyCall.roundTripOf(request);
    if (roundTrip != null) {
      roundTrip.requestFailed(failure);
    }
  }
}
