package io.httptrace.jetty;

import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.Names;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BasicAuthentication;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.MultiplexConnectionPool;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.Socks5;
import org.eclipse.jetty.client.Socks5Proxy;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Makes a client with the settings of a scenario. */
final class JettySettings {
  private JettySettings() {}

  static HttpClient client(ClientSettings settings) {
    HttpClientTransportDynamic transport = transport(settings);
    HttpClient client = new HttpClient(transport);
    client.setDefaultRequestContentType(null);
    client.setFollowRedirects(settings.followRedirects());
    Duration connect = settings.connectTimeout();
    if (connect != null) {
      client.setConnectTimeout(connect.toMillis());
      client.setAddressResolutionTimeout(connect.toMillis());
    }
    if (settings.tlsHandshakeTimeout() != null) {
      // Jetty's limit for idle connections is also its limit for a handshake.
      client.setIdleTimeout(settings.tlsHandshakeTimeout().toMillis());
    }
    if (settings.idleConnectionTimeout() != null) {
      // It begins when a connection is made: it must not end before a slow thread takes that.
      client.setIdleTimeout(settings.idleConnectionTimeout().multipliedBy(10).toMillis());
    }
    settings.maxConnectionsPerHost().ifPresent(client::setMaxConnectionsPerDestination);
    settings.maxResponseHeaderBytes().ifPresent(n -> client.setMaxResponseHeadersSize((int) n));
    if (!settings.keepAlive()) {
      transport.setConnectionPoolFactory(
          destination -> {
            int max = client.getMaxConnectionsPerDestination();
            MultiplexConnectionPool pool = new MultiplexConnectionPool(destination, max, 1);
            pool.setMaxUsage(1);
            return pool;
          });
    }
    if (settings.names() != null) {
      client.setSocketAddressResolver(resolver(client, settings.names()));
    }
    if (settings.proxy() != null) {
      setProxy(client, settings.proxy());
    }
    return client;
  }

  private static HttpClientTransportDynamic transport(ClientSettings settings) {
    SslContextFactory.Client tls = new SslContextFactory.Client(settings.insecure());
    if (settings.sslContext() != null) {
      tls.setSslContext(settings.sslContext());
    }
    if (settings.insecure()) {
      tls.setEndpointIdentificationAlgorithm(null);
    }
    ClientConnector connector = new ClientConnector();
    connector.setSslContextFactory(tls);
    return settings.http2()
        ? new HttpClientTransportDynamic(
            connector,
            HttpClientConnectionFactory.HTTP11,
            new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector)))
        : new HttpClientTransportDynamic(connector, HttpClientConnectionFactory.HTTP11);
  }

  private static SocketAddressResolver resolver(HttpClient client, Names names) {
    return (host, port, context, promise) -> {
      if (JettyAddresses.isLiteral(host)) {
        new SocketAddressResolver.Sync().resolve(host, port, context, promise);
        return;
      }
      names
          .lookup(host)
          .toCompletableFuture()
          .orTimeout(client.getAddressResolutionTimeout(), TimeUnit.MILLISECONDS)
          .thenApply(found -> addresses(host, port, found))
          .whenComplete((found, failed) -> complete(promise, found, failed));
    };
  }

  /** {@return addresses that know the name, as Jetty's own resolver finds them: it is for TLS} */
  private static List<InetSocketAddress> addresses(String host, int port, List<InetAddress> found) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (InetAddress address : found) {
      try {
        addresses.add(
            new InetSocketAddress(InetAddress.getByAddress(host, address.getAddress()), port));
      } catch (UnknownHostException wrong) {
        throw new IllegalStateException(wrong);
      }
    }
    return addresses;
  }

  private static void complete(
      Promise<List<InetSocketAddress>> promise,
      @Nullable List<InetSocketAddress> found,
      @Nullable Throwable failed) {
    if (found != null) {
      promise.succeeded(found);
    } else if (failed != null) {
      Throwable cause = failed instanceof CompletionException ? failed.getCause() : null;
      promise.failed(cause == null ? failed : cause);
    }
  }

  private static void setProxy(HttpClient client, URI proxy) {
    Origin.Address address = new Origin.Address(proxy.getHost(), proxy.getPort());
    String[] user = proxy.getUserInfo() == null ? null : proxy.getUserInfo().split(":", 2);
    if (proxy.getScheme().startsWith("socks")) {
      Socks5Proxy socks = new Socks5Proxy(address, false);
      if (user != null) {
        socks.putAuthenticationFactory(
            new Socks5.UsernamePasswordAuthenticationFactory(user[0], user[1]));
      }
      client.getProxyConfiguration().addProxy(socks);
      return;
    }
    HttpProxy http = new HttpProxy(address, proxy.getScheme().equals("https"));
    client.getProxyConfiguration().addProxy(http);
    if (user != null) {
      client
          .getAuthenticationStore()
          .addAuthenticationResult(
              new BasicAuthentication.BasicResult(
                  http.getURI(), HttpHeader.PROXY_AUTHORIZATION, user[0], user[1]));
    }
  }
}
