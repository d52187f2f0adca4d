package io.httptrace.asynchttpclient;

import io.httptrace.adapter.KnownConnections;
import io.netty.channel.Channel;
import org.asynchttpclient.AsyncHttpClientConfig;
import org.asynchttpclient.Request;
import org.asynchttpclient.RequestBuilderBase;
import org.asynchttpclient.proxy.ProxyServer;
import org.asynchttpclient.proxy.ProxyServerSelector;
import org.asynchttpclient.uri.Uri;
import org.jspecify.annotations.Nullable;

/** What the calls of one client have in common. */
final class AhcSettings {
  private final AsyncHttpClientConfig config;
  private final KnownConnections<Channel> connections = new KnownConnections<>();

  AhcSettings(AsyncHttpClientConfig config) {
    this.config = config;
  }

  KnownConnections<Channel> connections() {
    return connections;
  }

  /** {@return whether a redirect with 302 keeps the method} */
  boolean keepsMethodOn302() {
    return config.isStrict302Handling();
  }

  /** {@return the proxy that a request to a target goes through; null if none} */
  @Nullable ProxyServer proxy(Request request, Uri target) {
    ProxyServer proxy = request.getProxyServer();
    if (proxy == null) {
      ProxyServerSelector selector = config.getProxyServerSelector();
      proxy = selector == null ? null : selector.select(target);
    }
    return proxy == null || proxy.isIgnoredForHost(target.getHost()) ? null : proxy;
  }

  /** {@return who is asked for addresses; null if that is somebody that the application has set} */
  @Nullable String resolver(Request request) {
    return request.getNameResolver() == RequestBuilderBase.DEFAULT_NAME_RESOLVER && !hasResolvers()
        ? "system"
        : null;
  }

  private boolean hasResolvers() {
    try {
      return config.getAddressResolverGroup() != null;
    } catch (NoSuchMethodError older) {
      return false; // It came with 3.0.9.
    }
  }
}
