package io.httptrace.conformance;

import java.io.IOException;

/** A client that has been opened for one scenario. */
public interface OpenClient extends AutoCloseable {

  /**
   * Prepares a request. Nothing is sent yet. The call may be made from any thread.
   *
   * @param request the request
   * @return the call, to be {@linkplain ClientCall#send() sent} once
   */
  ClientCall newCall(ClientRequest request);

  /**
   * Closes the connections that are idle now. Only called if the client has {@link
   * Capability#CLOSE_IDLE_CONNECTIONS}.
   */
  default void closeIdleConnections() {
    throw new UnsupportedOperationException("closeIdleConnections");
  }

  /**
   * Closes the client. Called after all requests have ended. When it returns, or soon after, no
   * thread, connection or buffer of the client is left.
   *
   * @throws IOException if it fails, which fails the scenario
   */
  @Override
  void close() throws IOException;
}
