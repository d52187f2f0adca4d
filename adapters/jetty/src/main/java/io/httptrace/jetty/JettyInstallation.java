package io.httptrace.jetty;

import io.httptrace.adapter.ClientTraces;
import io.httptrace.adapter.KnownConnections;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Tracing in one client: a bean of it. Jetty forgets listeners and handlers when the client is
 * stopped, so all is set up each time it starts.
 */
final class JettyInstallation implements LifeCycle.Listener {
  private final HttpClient client;
  private final KnownConnections<Connection> connections = new KnownConnections<>();
  private final JettyRequestEvents requestEvents = new JettyRequestEvents(this);
  private final JettyResponseEvents responseEvents = new JettyResponseEvents(this);
  private final JettyConnectEvents connectEvents = new JettyConnectEvents();
  private final JettyUntraced untraced = new JettyUntraced();
  private volatile ClientTraces<Request> traces;

  /** How many traced requests have no connection yet. While none waits, no dial is traced. */
  private final AtomicInteger waiting = new AtomicInteger();

  private JettyInstallation(HttpClient client, ClientTraces<Request> traces) {
    this.client = client;
    this.traces = traces;
  }

  /** Installs tracing in a client, or changes where its traces come from. */
  static void install(HttpClient client, ClientTraces<Request> traces) {
    JettyInstallation known = client.getBean(JettyInstallation.class);
    if (known != null) {
      known.traces = traces;
      return;
    }
    if (client.isRunning()) {
      throw new IllegalStateException("the client has been started: " + client);
    }
    JettyInstallation installation = new JettyInstallation(client, traces);
    client.addBean(installation);
    client.addBean(new JettyTlsEvents());
    // The first handler is asked first, and this is before Jetty adds its own.
    client.getProtocolHandlers().put(installation.responseEvents);
  }

  HttpClient client() {
    return client;
  }

  ClientTraces<Request> traces() {
    return traces;
  }

  KnownConnections<Connection> connections() {
    return connections;
  }

  JettyResponseEvents responseEvents() {
    return responseEvents;
  }

  JettyUntraced untraced() {
    return untraced;
  }

  void waits() {
    waiting.incrementAndGet();
  }

  void waitsNoMore() {
    waiting.decrementAndGet();
  }

  /** {@return how many traced requests have no connection yet} */
  int waiting() {
    return waiting.get();
  }

  boolean isAnyWaiting() {
    return waiting.get() > 0;
  }

  @Override
  public void lifeCycleStarting(LifeCycle event) {
    client.getProtocolHandlers().put(responseEvents);
    client.getRequestListeners().addListener(requestEvents);
    for (ClientConnector connector : client.getContainedBeans(ClientConnector.class)) {
      connector.removeEventListener(connectEvents);
      connector.addEventListener(connectEvents);
    }
    SocketAddressResolver own = client.getSocketAddressResolver();
    if (own == null) {
      client.setSocketAddressResolver(JettyResolver.ofSystem(this));
    } else if (!(own instanceof JettyResolver)) {
      client.setSocketAddressResolver(JettyResolver.of(this, own));
      client.addBean(own); // Jetty starts and stops its resolver, if that is to be started.
    }
  }
}
