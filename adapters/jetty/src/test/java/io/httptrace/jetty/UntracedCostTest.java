package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.httptrace.conformance.server.PathServer;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.client.transport.HttpResponse;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.junit.jupiter.api.Test;

/** What the adapter allocates for a request without a trace: nothing. */
final class UntracedCostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static long allocated(Runnable action) {
    long start = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    action.run();
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - start;
  }

  private static long least(Runnable action) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 30; i++) {
      least = Math.min(least, allocated(action));
    }
    return least;
  }

  /** Answers at once, and allocates nothing. */
  private static final class Fixed implements SocketAddressResolver {
    @Override
    public void resolve(
        String host,
        int port,
        Map<String, Object> context,
        Promise<List<InetSocketAddress>> promise) {
      promise.succeeded(List.of());
    }
  }

  @Test
  void whatHearsOfARequestWithoutATraceAllocatesNothing() throws Exception {
    try (Clients clients = new Clients();
        PathServer site = new PathServer()) {
      HttpClient plain = new HttpClient();
      plain.setSocketAddressResolver(new Fixed());
      HttpClient client = clients.start(JettyTracing.create().install(plain));
      JettyInstallation installation = client.getBean(JettyInstallation.class);
      JettyRequestEvents events = new JettyRequestEvents(installation);
      HttpRequest request = (HttpRequest) client.newRequest(site.url("/ok"));
      HttpDestination destination = (HttpDestination) client.resolveDestination(request);
      HttpResponse response = new HttpExchange(destination, request).getResponse();
      Promise<List<InetSocketAddress>> promise = Promise.noop();
      Map<String, Object> context = Map.of();

      long all =
          least(
              () -> {
                tell(events, request);
                installation.responseEvents().accept(request, response);
                client.getSocketAddressResolver().resolve("localhost", 80, context, promise);
              });

      assertThat(all).isEqualTo(least(() -> {}));
    }
  }

  private static void tell(Request.Listener events, Request request) {
    events.onQueued(request);
    events.onBegin(request);
    events.onHeaders(request);
    events.onCommit(request);
    events.onSuccess(request);
    events.onFailure(request, Failure.INSTANCE);
  }

  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;
    static final Failure INSTANCE = new Failure();
  }
}
