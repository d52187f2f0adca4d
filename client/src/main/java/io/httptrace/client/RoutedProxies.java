package io.httptrace.client;

import io.httptrace.client.route.ProxyFinder;
import io.httptrace.client.route.ProxyServer;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses for each target the proxy of the first route that leads to it.
 *
 * @param routes the routes
 */
record RoutedProxies(List<ProxyRoute> routes) implements ProxyFinder {

  @Override
  public @Nullable ProxyServer proxyFor(URI target) {
    for (ProxyRoute route : routes) {
      ProxyServer server = route.serverFor(target);
      if (server != null) {
        return server;
      }
    }
    return null;
  }
}
