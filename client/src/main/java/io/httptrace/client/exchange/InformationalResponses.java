package io.httptrace.client.exchange;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.ResponseException.Reason;
import io.httptrace.client.http.Protocol;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.ResponseHead;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The informational responses of an exchange (RFC 9110, section 15.2): limits, 100, the veto. */
final class InformationalResponses {
  private final ExchangeSettings settings;
  private final ExchangeHooks hooks;
  private final RequestHead head;
  private final Protocol protocol;
  private int count;
  private long bytes;
  private boolean continued;

  /**
   * Begins to count the informational responses of one exchange.
   *
   * @param protocol what the request is written in
   */
  InformationalResponses(
      ExchangeSettings settings, ExchangeHooks hooks, RequestHead head, Protocol protocol) {
    this.settings = settings;
    this.hooks = hooks;
    this.head = head;
    this.protocol = protocol;
  }

  /**
   * Takes an informational response.
   *
   * @param at when it came
   * @param response the response
   * @param stopped whether a hook has taken so long that there is nothing to go on with
   * @param release releases the body that waits for 100
   * @return why the exchange must end, or null
   */
  @Nullable Throwable take(
      long at, ResponseHead response, BooleanSupplier stopped, Runnable release) {
    count++;
    if (settings.maxInformational() > 0 && count > settings.maxInformational()) {
      return new ResponseException(Reason.TOO_MANY_INFORMATIONAL, null);
    }
    bytes += response.size();
    if (bytes > settings.maxHeadBytes()) {
      return new ResponseException(Reason.HEADER_TOO_LARGE, null);
    }
    boolean goOn = response.status() == 100;
    boolean continueLast = protocol.informsBeforeContinue();
    if (goOn && !continueLast && head.hasBody() && head.expectContinue() && !continued) {
      continued = true;
      hooks.got100Continue(at);
      if (stopped.getAsBoolean()) {
        return null;
      }
      release.run();
    }
    Throwable veto = hooks.got1xxResponse(at, response);
    if (veto != null) {
      return new IOException("aborted by got1xxResponse: " + veto.getMessage(), veto);
    }
    if (goOn && continueLast && !stopped.getAsBoolean()) {
      hooks.got100Continue(at);
      release.run();
    }
    return null;
  }
}
