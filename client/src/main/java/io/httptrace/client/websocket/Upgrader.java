package io.httptrace.client.websocket;

import io.httptrace.client.call.UpgradeHandler;
import java.io.IOException;
import java.net.http.HttpRequest;

/** Sends a request for a WebSocket. */
@FunctionalInterface
public interface Upgrader {
  /**
   * Sends it.
   *
   * @param request the request, without the fields that ask to switch
   * @param handler takes what comes of it
   * @return cancels the request
   * @throws IOException if the client sends no more requests
   */
  Runnable send(HttpRequest request, UpgradeHandler handler) throws IOException;
}
