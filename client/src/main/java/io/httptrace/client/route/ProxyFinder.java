package io.httptrace.client.route;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Chooses the proxies of requests. It is the caller's code, and may block or throw. */
public interface ProxyFinder {
  /** No proxies. */
  ProxyFinder NONE = target -> null;

  /**
   * {@return the proxy of a request, or null for none} Called once for each target, on the thread
   * that sends the request, or on its strand.
   *
   * @param target the target
   */
  @Nullable ProxyServer proxyFor(URI target);

  /**
   * Called on the strand of the request when a proxy could not be connected to.
   *
   * @param target the target of the request
   * @param proxy the proxy
   * @param error why not
   */
  default void connectFailed(URI target, ProxyServer proxy, IOException error) {}
}
