package io.httptrace.jetty;

import io.httptrace.adapter.HostPort;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpDestination;

/** What a request is sent to. */
final class JettyAddresses {
  private JettyAddresses() {}

  /** {@return whom to connect to: the proxy, if there is one} */
  static String hostPort(HttpDestination destination) {
    ProxyConfiguration.Proxy proxy = destination.getProxy();
    Origin origin = proxy == null ? destination.getOrigin() : proxy.getOrigin();
    return HostPort.of(origin.getAddress().getHost(), origin.getAddress().getPort());
  }

  /** {@return the URI of a request; without a path if that is none, as for {@code OPTIONS *}} */
  static URI uri(Request request) {
    URI uri = request.getURI();
    return uri == null
        ? URI.create(
            request.getScheme() + "://" + HostPort.of(request.getHost(), request.getPort()))
        : uri;
  }

  /**
   * {@return whether all connections that may be are there, and in use: a request has to wait}
   * Those of HTTP/2 do not say how many streams they have left.
   */
  static boolean isFull(HttpDestination destination) {
    Origin.Protocol protocol = destination.getOrigin().getProtocol();
    boolean http1 = protocol == null || protocol.getProtocols().equals(List.of("http/1.1"));
    return http1
        && destination.getConnectionPool() instanceof AbstractConnectionPool pool
        && pool.getIdleConnectionCount() == 0
        && pool.getConnectionCount() >= pool.getMaxConnectionCount();
  }

  /** {@return whether a host is an address, so that no name is looked up} */
  static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
