package io.httptrace.client.exchange;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.ResponseException.Reason;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The informational responses of an exchange (RFC 9110, section 15.2): limits, 100, the veto. */
final class Interim {
  private final ExchangeSettings settings;
  private final ExchangeHooks hooks;
  private final RequestHead head;
  private final boolean shared;
  private int count;
  private long bytes;
  private boolean continued;

  /**
   * Makes it.
   *
   * @param shared whether the connection is shared, as HTTP/2 does: then every 100 is told of,
   *     after the informational response it is, and the body is released after both hooks, as in Go
   */
  Interim(ExchangeSettings settings, ExchangeHooks hooks, RequestHead head, boolean shared) {
    this.settings = settings;
    this.hooks = hooks;
    this.head = head;
    this.shared = shared;
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
    if (goOn && !shared && head.hasBody() && head.expectContinue() && !continued) {
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
    if (goOn && shared && !stopped.getAsBoolean()) {
      hooks.got100Continue(at);
      release.run();
    }
    return null;
  }
}
