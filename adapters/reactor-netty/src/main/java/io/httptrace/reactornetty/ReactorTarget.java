package io.httptrace.reactornetty;

import io.httptrace.adapter.HostPort;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.transport.ProxyProvider;

/**
 * What a round trip asks for.
 *
 * @param method the method
 * @param uri the URI, absolute
 * @param proxy the proxy of the client, which may let some targets through; null if there is none
 */
record ReactorTarget(String method, URI uri, @Nullable ProxyProvider proxy) {

  /**
   * {@return the target of the first round trip, as Reactor Netty understands the configuration}
   */
  static ReactorTarget of(HttpClientConfig config) {
    return new ReactorTarget(config.method().name(), uri(complete(config), config), proxy(config));
  }

  private static @Nullable ProxyProvider proxy(HttpClientConfig config) {
    ProxyProvider set = config.proxyProvider();
    Supplier<ProxyProvider> supplier = config.proxyProviderSupplier();
    return set == null && supplier != null ? supplier.get() : set;
  }

  /** {@return the URI of a request, or a part of it} */
  private static String complete(HttpClientConfig config) {
    String uri = config.uri();
    String path = uri == null ? "/" : uri;
    String base = config.baseUrl();
    if (base == null || !path.startsWith("/")) {
      return path;
    }
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
  }

  private static URI uri(String text, HttpClientConfig config) {
    String scheme = config.isSecure() ? "https" : "http";
    if (text.startsWith("/")) {
      return lenient(scheme + "://" + remote(config.remoteAddress().get()) + text);
    }
    return lenient(text.contains("://") ? text : scheme + "://" + text);
  }

  private static String remote(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress internet ? HostPort.of(internet) : "localhost";
  }

  /** {@return the URI; characters that a URI must not have are escaped} */
  private static URI lenient(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException odd) {
      StringBuilder escaped = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c <= ' ' || "\"<>\\^`{|}".indexOf(c) >= 0) {
          escaped.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
        } else {
          escaped.append(c);
        }
      }
      try {
        return new URI(escaped.toString());
      } catch (URISyntaxException stillOdd) {
        return URI.create("http://invalid/");
      }
    }
  }

  /**
   * {@return where a redirect leads to}
   *
   * @param status the status of the response
   * @param location its {@code Location}
   */
  ReactorTarget redirectedTo(int status, String location) {
    URI next = uri;
    try {
      URI to = new URI(location);
      next = to.isAbsolute() ? to : uri.resolve(to);
    } catch (URISyntaxException refused) {
      // The request fails with it.
    }
    return new ReactorTarget(status == 303 ? "GET" : method, next, proxy);
  }

  /** {@return the host and port to connect to: those of the proxy, if one is used} */
  String hostPort() {
    ProxyProvider provider = proxy;
    if (provider != null) {
      InetSocketAddress target = InetSocketAddress.createUnresolved(host(), port());
      if (provider.shouldProxy(target)) {
        return remote(provider.getSocketAddress().get());
      }
    }
    return HostPort.of(host(), port());
  }

  private String host() {
    String host = uri.getHost();
    if (host == null) {
      // An authority that is not a server's, such as one with an underscore.
      String authority = uri.getRawAuthority();
      host = authority == null ? "" : authority.replaceFirst(".*@", "").replaceFirst(":\\d*$", "");
    }
    return host.toLowerCase(Locale.ROOT);
  }

  private int port() {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    return scheme.equals("https") || scheme.equals("wss") ? 443 : 80;
  }
}
