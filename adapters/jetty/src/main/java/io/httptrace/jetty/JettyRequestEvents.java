package io.httptrace.jetty;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.adapter.CallHooks;
import java.nio.ByteBuffer;
import java.util.Deque;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** Hears of all requests of a client, and finds out which are traced. */
final class JettyRequestEvents implements Request.Listener {
  private static final String OWN_TRACE = ClientTrace.class.getName();

  private final JettyInstallation installation;

  JettyRequestEvents(JettyInstallation installation) {
    this.installation = installation;
  }

  // ---- What is queued, and taken from the queue

  @Override
  public void onQueued(Request request) {
    if (!(request instanceof HttpRequest http)) {
      return;
    }
    JettyCall call = JettyCall.of(http);
    HttpExchange first = firstOf(http);
    if (first == null) {
      // One that follows from a response: who listens to the first one listens to it.
      HttpExchange next = lastOf(http);
      if (call != null && next != null) {
        call.queued(next);
      }
    } else if (call == null || !call.isDecided()) {
      decide(http, first);
    }
  }

  /** {@return the exchange of a request that is the first one of its call; null for others} */
  private static @Nullable HttpExchange firstOf(HttpRequest request) {
    HttpExchange first = request.getConversation().getExchanges().peekFirst();
    return first != null && first.getRequest() == request ? first : null;
  }

  /** {@return the exchange of a request that is the last one of its call so far} */
  private static @Nullable HttpExchange lastOf(HttpRequest request) {
    Deque<HttpExchange> exchanges = request.getConversation().getExchanges();
    HttpExchange last = exchanges.peekLast();
    return last != null && last.getRequest() == request ? last : null;
  }

  /** Finds out who listens, on the thread that sends the request. */
  private void decide(HttpRequest request, HttpExchange exchange) {
    if (installation.untraced().has(request)) {
      return; // It is queued again.
    }
    CallHooks hooks = null;
    try {
      hooks = hooks(request);
    } finally {
      if (hooks == null) {
        nobodyListens(request);
      }
    }
    if (hooks != null) {
      JettyCall call = JettyCall.begin(installation, request, false);
      call.decide(hooks);
      // In most cases another listener is faster; see JettyResponseEvents.
      request.getResponseListeners().addCompleteListener(call::completed, false);
      call.queued(exchange);
      call.endIfFailed(exchange);
    }
  }

  private @Nullable CallHooks hooks(HttpRequest request) {
    ClientTrace own = request.getAttributes().get(OWN_TRACE) instanceof ClientTrace t ? t : null;
    ClientTrace sentIn = TraceContext.current().clientTrace();
    return installation.traces().hooks(request, own, sentIn);
  }

  private void nobodyListens(HttpRequest request) {
    installation.untraced().add(request);
    JettyCall begun = JettyCall.of(request);
    if (begun != null) {
      begun.decide(null);
    }
  }

  @Override
  public void onBegin(Request request) {
    JettyCall call = JettyCall.of(request);
    if (call == null && request instanceof HttpRequest http && mayBeTraced(http)) {
      call = JettyCall.begin(installation, http, true);
      if (installation.untraced().has(http)) {
        call.decide(null); // It has become known meanwhile.
      }
    }
    if (call == null) {
      JettyDial dial = JettyDial.ofTunnel(request);
      if (dial != null) {
        dial.tunnelStart();
      }
    } else {
      HttpExchange exchange = lastOf((HttpRequest) request);
      if (exchange != null) {
        call.taken(exchange);
      }
    }
  }

  /** {@return whether it is not known yet who listens to a request} */
  private boolean mayBeTraced(HttpRequest request) {
    return firstOf(request) != null
        && !HttpMethod.CONNECT.is(request.getMethod())
        && !installation.untraced().has(request);
  }

  // ---- What is written

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
    } else {
      installation.untraced().remove(request);
    }
  }

  @Override
  public void onFailure(Request request, Throwable failure) {
    JettyRoundTrip roundTrip = JettyCall.roundTripOf(request);
    if (roundTrip != null) {
      roundTrip.requestFailed(failure);
    } else {
      installation.untraced().remove(request);
    }
  }
}
