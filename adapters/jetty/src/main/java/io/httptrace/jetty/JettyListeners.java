package io.httptrace.jetty;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.ResponseListeners;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Whom Jetty would tell of the response of a round trip: one of its handlers, or else the listeners
 * of the application, which are those of the call's first request.
 *
 * <p>Jetty tells one thing of a response after the other, though on different threads.
 */
final class JettyListeners {
  private final HttpExchange exchange;

  private volatile boolean finding;
  private volatile @Nullable ResponseListeners handler;
  private volatile @Nullable Runnable heldBack;
  private volatile boolean failed;

  JettyListeners(HttpExchange exchange) {
    this.exchange = exchange;
  }

  private HttpConversation conversation() {
    return exchange.getConversation();
  }

  /**
   * Has all be told to the listener of the adapter first, from now on.
   *
   * @param installation the client
   * @param response the response: a server may have begun it before it has the request
   */
  void listen(JettyInstallation installation, Response response) {
    if (response.getStatus() != 0) {
      findOthers(installation.client(), response.getRequest(), response);
    }
    listen(installation.responseEvents());
  }

  private void listen(Response.Listener first) {
    conversation().updateResponseListeners(first);
  }

  /**
   * Has all be told to a listener first again: a handler has told Jetty to tell the application.
   */
  void listenAgain(Response.Listener first) {
    handler = null;
    if (conversation().getExchanges().peekLast() == exchange) {
      listen(first);
    }
  }

  /**
   * Aborts the exchange, if a hook has aborted the request. That may have come to nothing: where an
   * informational response ends, Jetty counts the exchange as complete for a moment, and then has
   * it begin anew.
   */
  void abortAgain(@Nullable Throwable veto) {
    if (veto != null) {
      exchange.abort(veto, Promise.noop());
    }
  }

  /**
   * Finds out which other handler would take a response.
   *
   * @return false if that is what is being done, on this thread
   */
  boolean findOthers(HttpClient client, Request request, Response response) {
    if (finding) {
      return false;
    }
    finding = true;
    try {
      ProtocolHandler other = client.findProtocolHandler(request, response);
      Response.Listener listener = other == null ? null : other.getResponseListener();
      handler = listener == null ? null : new ResponseListeners(listener);
    } finally {
      finding = false;
    }
    return true;
  }

  /** {@return whom to tell} */
  ResponseListeners others() {
    ResponseListeners found = handler;
    return found == null ? conversation().getExchanges().element().getResponseListeners() : found;
  }

  /**
   * Has the content read. Jetty lets one thread at a time read or end a response, and calls
   * listeners on it; this may be another one, so it has Jetty call them.
   *
   * @param others whom to tell
   */
  void content(
      JettyRoundTrip roundTrip,
      ResponseListeners others,
      Response response,
      Content.Source source) {
    Throwable veto = roundTrip.veto();
    if (veto != null) {
      source.fail(veto);
      return;
    }
    source.demand(
        () -> {
          if (!failed) {
            others.notifyContentSource(response, source);
          }
        });
  }

  void succeeded(JettyRoundTrip roundTrip, Response response) {
    ResponseListeners others = others();
    ends(
        roundTrip,
        true,
        () -> {
          Throwable veto = roundTrip.veto();
          if (veto == null) {
            others.notifySuccess(response);
          } else {
            others.notifyFailure(response, veto);
          }
        });
  }

  void failed(JettyRoundTrip roundTrip, Response response, Throwable failure) {
    failed = true;
    if (HttpStatus.isInterim(response.getStatus())) {
      handler = null; // It would pass on the informational response as the final one.
    }
    ResponseListeners others = others();
    ends(roundTrip, false, () -> others.notifyFailure(response, failure));
  }

  private void ends(JettyRoundTrip roundTrip, boolean succeeded, Runnable told) {
    if (roundTrip.responseEnds(succeeded)) {
      heldBack = told;
    } else {
      roundTrip.tell(told);
    }
  }

  void completed(JettyRoundTrip roundTrip, Result result) {
    ResponseListeners others = others();
    Runnable before = heldBack;
    heldBack = null;
    boolean handled = handler != null;
    roundTrip.completed(
        result,
        !handled,
        () -> {
          if (before != null) {
            before.run();
          }
          others.notifyComplete(withVeto(result, roundTrip.veto()));
          if (handled) {
            roundTrip.call().handled(exchange);
          }
        });
  }

  private static Result withVeto(Result result, @Nullable Throwable veto) {
    return veto == null || result.isFailed()
        ? result
        : new Result(result.getRequest(), result.getResponse(), veto);
  }
}
