package io.httptrace.conformance.server;

/**
 * What a server does on one connection. It runs on a thread of the connection and may block.
 *
 * <p>When it returns, the server reads and drops further bytes of the client, until the client
 * closes the connection: so a test can check whether the client did.
 */
@FunctionalInterface
public interface ConnectionScript {
  /**
   * Runs the script.
   *
   * @param connection the connection, just accepted
   * @throws Exception an {@link java.io.IOException} ends the connection and is noted; anything
   *     else is a fault of the script and fails the test
   */
  void run(ServerConnection connection) throws Exception;
}
