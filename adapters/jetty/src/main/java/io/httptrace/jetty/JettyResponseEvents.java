package io.httptrace.jetty;

import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.client.transport.ResponseListeners;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * Hears of the responses to traced requests, before the application does and before Jetty's own
 * handlers do, such as that for redirects: those keep responses from the listeners of the request.
 * It passes all on to whom Jetty would tell.
 *
 * <p>As a handler it is asked first. As a listener it listens for all requests, from when they are
 * queued: Jetty tells it of those that fail before they have a response.
 */
final class JettyResponseEvents implements ProtocolHandler, Response.Listener {
  private final JettyInstallation installation;

  JettyResponseEvents(JettyInstallation installation) {
    this.installation = installation;
  }

  // ---- The handler

  @Override
  public String getName() {
    return "httptrace";
  }

  /** A head begins to come, of whatever response. */
  @Override
  public boolean accept(Request request, Response response) {
    JettyRoundTrip roundTrip = JettyCall.roundTripOf(request);
    if (roundTrip == null) {
      JettyDial dial = JettyDial.ofTunnel(request);
      if (dial != null) {
        dial.tunnelAnswered(response);
      }
      return false;
    }
    JettyListeners listeners = roundTrip.listeners();
    if (!listeners.findOthers(installation.client(), request, response)) {
      return false; // It is asked for others, as the line above does.
    }
    roundTrip.responseBegins(response.getStatus());
    return true;
  }

  @Override
  public Response.Listener getResponseListener() {
    return this;
  }

  // ---- The listener

  private static @Nullable JettyRoundTrip roundTrip(Response response) {
    return JettyCall.roundTripOf(response.getRequest());
  }

  /** {@return whom Jetty would tell} */
  private static ResponseListeners others(Response response, @Nullable JettyRoundTrip roundTrip) {
    if (roundTrip != null) {
      return roundTrip.listeners().others();
    }
    HttpConversation conversation = ((HttpRequest) response.getRequest()).getConversation();
    HttpExchange first = conversation.getExchanges().element();
    return first.getResponseListeners();
  }

  @Override
  public void onBegin(Response response) {
    others(response, roundTrip(response)).notifyBegin(response);
  }

  @Override
  public boolean onHeader(Response response, HttpField field) {
    return others(response, roundTrip(response)).notifyHeader(response, field);
  }

  @Override
  public void onHeaders(Response response) {
    JettyRoundTrip roundTrip = roundTrip(response);
    ResponseListeners others = others(response, roundTrip);
    if (roundTrip == null) {
      others.notifyHeaders(response);
    } else if (HttpStatus.isInterim(response.getStatus())) {
      roundTrip.gotInterim(response);
      others.notifyHeaders(response);
    } else {
      roundTrip.gotResponse(
          response,
          () -> {
            if (roundTrip.veto() == null) {
              others.notifyHeaders(response);
            }
          });
    }
  }

  @Override
  public void onContentSource(Response response, Content.Source contentSource) {
    JettyRoundTrip roundTrip = roundTrip(response);
    ResponseListeners others = others(response, roundTrip);
    if (roundTrip == null) {
      others.notifyContentSource(response, contentSource);
      return;
    }
    JettyListeners listeners = roundTrip.listeners();
    roundTrip.tell(() -> listeners.content(roundTrip, others, response, contentSource));
  }

  @Override
  public void onSuccess(Response response) {
    JettyRoundTrip roundTrip = roundTrip(response);
    ResponseListeners others = others(response, roundTrip);
    if (roundTrip == null) {
      others.notifySuccess(response);
    } else if (HttpStatus.isInterim(response.getStatus())) {
      // It resets the response, so it cannot wait for hooks.
      others.notifySuccess(response);
      roundTrip.listeners().listenAgain(this);
      roundTrip.listeners().abortAgain(roundTrip.veto());
    } else {
      roundTrip.listeners().succeeded(roundTrip, response);
    }
  }

  @Override
  public void onFailure(Response response, Throwable failure) {
    JettyRoundTrip roundTrip = roundTrip(response);
    if (roundTrip == null) {
      others(response, null).notifyFailure(response, failure);
    } else {
      roundTrip.listeners().failed(roundTrip, response, failure);
    }
  }

  @Override
  public void onComplete(Result result) {
    JettyRoundTrip roundTrip = roundTrip(result.getResponse());
    if (roundTrip == null) {
      others(result.getResponse(), null).notifyComplete(result);
    } else {
      roundTrip.listeners().completed(roundTrip, result);
    }
  }
}
