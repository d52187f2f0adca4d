package io.httptrace.client.call;

import io.httptrace.client.http1.Http1Connection;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Takes over a connection from HTTP. Called on any thread; either {@link #take} or {@link #failed},
 * once.
 */
public interface UpgradeHandler {
  /**
   * There is a final response.
   *
   * @param response the response
   * @param connection the connection, now the handler's to use and to close, if the server has
   *     switched (101); otherwise null
   */
  void take(HttpResponse<String> response, @Nullable Http1Connection connection);

  /**
   * There is no response.
   *
   * @param error why not
   */
  void failed(Throwable error);

  /**
   * The client is shut down at once, and wants the connection to be closed. Only after {@link
   * #take}; possibly more than once.
   *
   * @param reason why
   */
  void abort(Throwable reason);

  /** {@return whether the calling thread runs code of the caller's for it} */
  boolean runsHere();
}
