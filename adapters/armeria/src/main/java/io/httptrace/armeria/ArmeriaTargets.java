package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.proxy.ProxyConfigSelector;
import io.httptrace.adapter.HostPort;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where requests go. */
final class ArmeriaTargets {
  private ArmeriaTargets() {}

  /** {@return the URI of a request} */
  static URI uri(ClientRequestContext ctx) {
    try {
      return ctx.uri();
    } catch (IllegalStateException invalid) {
      // Armeria sends what is no URI for the JDK.
      return URI.create(
          (ctx.sessionProtocol().isTls() ? "https" : "http") + "://" + authority(ctx));
    }
  }

  private static String authority(ClientRequestContext ctx) {
    Endpoint endpoint = ctx.endpoint();
    return endpoint == null ? "unknown" : endpoint.authority();
  }

  /** {@return what {@code getConn} is told: the proxy if it is known, or else the target} */
  static String hostPort(ClientRequestContext ctx) {
    Endpoint endpoint = ctx.endpoint();
    if (endpoint == null) {
      return HostPort.of("unknown", ctx.sessionProtocol().defaultPort()); // It fails at once.
    }
    ProxyConfigSelector selector = ctx.options().factory().options().proxyConfigSelector();
    InetSocketAddress proxy =
        ArmeriaSupports.isKnown(selector)
            ? selector.select(ctx.sessionProtocol(), endpoint).proxyAddress()
            : null;
    return proxy != null
        ? HostPort.of(proxy)
        : HostPort.of(endpoint.host(), endpoint.port(ctx.sessionProtocol().defaultPort()));
  }

  /** {@return the address of a target that is given by address; null if it is a name} */
  static @Nullable SocketAddress address(ClientRequestContext ctx) {
    Endpoint endpoint = ctx.endpoint();
    return endpoint != null && endpoint.hasIpAddr()
        ? endpoint.toSocketAddress(ctx.sessionProtocol().defaultPort())
        : null;
  }
}
