package io.httptrace.client;

import io.httptrace.client.route.ProxyFinder;
import io.httptrace.client.route.ProxyServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the first proxy of the list that a {@link ProxySelector} returns, as the JDK's client
 * does.
 *
 * @param selector the selector
 */
record SelectedProxies(ProxySelector selector) implements ProxyFinder {

  @Override
  public @Nullable ProxyServer proxyFor(URI target) {
    List<Proxy> choice = selector.select(target);
    if (choice == null || choice.isEmpty() || choice.get(0).type() == Proxy.Type.DIRECT) {
      return null;
    }
    Proxy proxy = choice.get(0);
    if (!(proxy.address() instanceof InetSocketAddress address)) {
      throw new IllegalArgumentException("not the address of a proxy: " + proxy.address());
    }
    return new ProxyServer(
        proxy.type() == Proxy.Type.SOCKS ? ProxyServer.Kind.SOCKS5 : ProxyServer.Kind.HTTP,
        address.getHostString().toLowerCase(Locale.ROOT),
        address.getPort(),
        null);
  }

  @Override
  public void connectFailed(URI target, ProxyServer proxy, IOException error) {
    selector.connectFailed(
        target, InetSocketAddress.createUnresolved(proxy.host(), proxy.port()), error);
  }
}
