package io.httptrace.jetty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.jspecify.annotations.Nullable;

/**
 * Asks the client's resolver. Jetty asks for each connection that it makes, also to an address: so
 * here a dial begins.
 */
final class JettyResolver implements SocketAddressResolver {
  private final JettyInstallation installation;
  private final @Nullable SocketAddressResolver own;
  private volatile @Nullable SocketAddressResolver system;

  private JettyResolver(JettyInstallation installation, @Nullable SocketAddressResolver own) {
    this.installation = installation;
    this.own = own;
  }

  /** {@return one that asks a resolver of the application} */
  static JettyResolver of(JettyInstallation installation, SocketAddressResolver own) {
    return new JettyResolver(installation, own);
  }

  /** {@return one that asks as Jetty does if the application has no resolver} */
  static JettyResolver ofSystem(JettyInstallation installation) {
    return new JettyResolver(installation, null);
  }

  private SocketAddressResolver resolver() {
    SocketAddressResolver asked = own == null ? system : own;
    if (asked == null) {
      // The client has its executor when it is started.
      HttpClient client = installation.client();
      asked =
          new SocketAddressResolver.Async(
              client.getExecutor(), client.getScheduler(), client.getAddressResolutionTimeout());
      system = asked;
    }
    return asked;
  }

  @Override
  public void resolve(
      String host,
      int port,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> promise) {
    JettyDial dial = installation.isAnyWaiting() ? newDial(context) : null;
    if (dial == null) {
      resolver().resolve(host, port, context, promise);
      return;
    }
    if (!JettyAddresses.isLiteral(host)) {
      dial.dnsStart(host);
    }
    resolver()
        .resolve(host, port, context, new Found(dial, own == null ? "system" : null, promise));
  }

  /** Begins a dial for the first request that waits and has none; null if there is none. */
  private static @Nullable JettyDial newDial(Map<String, Object> context) {
    for (Object value : context.values()) {
      if (value instanceof HttpDestination destination) {
        for (HttpExchange waiting : destination.getHttpExchanges()) {
          JettyRoundTrip roundTrip = JettyCall.roundTripOf(waiting.getRequest());
          JettyDial dial = roundTrip == null ? null : roundTrip.newDial(context);
          if (dial != null) {
            return dial;
          }
        }
      }
    }
    return null;
  }

  /**
   * Tells the dial what has been found, and then Jetty.
   *
   * @param dial the dial
   * @param name the name of the resolver; null if it has none
   * @param jetty is told after the dial
   */
  private record Found(
      JettyDial dial, @Nullable String name, Promise<List<InetSocketAddress>> jetty)
      implements Promise<List<InetSocketAddress>> {
    @Override
    public void succeeded(List<InetSocketAddress> result) {
      List<InetAddress> addresses = new ArrayList<>(result.size());
      for (InetSocketAddress found : result) {
        if (found.getAddress() != null) {
          addresses.add(found.getAddress());
        }
      }
      dial.dnsDone(addresses, null, name);
      dial.found(result.size());
      jetty.succeeded(JettyDialAddress.all(result, dial));
    }

    @Override
    public void failed(Throwable x) {
      dial.dnsDone(List.of(), x, name);
      dial.failed(x);
      jetty.failed(x);
    }
  }
}
