package io.httptrace.client.websocket;

import io.httptrace.client.call.UpgradeHandler;
import java.io.IOException;
import java.net.http.HttpRequest;

/** Sends a request for a WebSocket. */
@FunctionalInterface
public interface Upgrader {
  /**
   * Sends the request.
   *
   * @param request the request, without the fields that ask for the upgrade
   * @param handler gets the result
   * @return cancels the request
   * @throws IOException if the client has been shut down
   */
  Runnable send(HttpRequest request, UpgradeHandler handler) throws IOException;
}
