package io.httptrace.apache;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection manager that lets traced calls see their connections. The others get what the
 * manager behind it gives.
 */
class ClassicManager implements HttpClientConnectionManager {
  private final HttpClientConnectionManager manager;
  private final Map<Thread, ClassicExecRuntime> leasing;

  private ClassicManager(
      HttpClientConnectionManager manager, Map<Thread, ClassicExecRuntime> leasing) {
    this.manager = manager;
    this.leasing = leasing;
  }

  /**
   * {@return one in front of a manager}
   *
   * @param manager the manager
   * @param leasing the calls that ask for a connection, by their threads
   */
  static HttpClientConnectionManager of(
      HttpClientConnectionManager manager, Map<Thread, ClassicExecRuntime> leasing) {
    return manager instanceof ConnPoolControl<?> control
        ? new OfPool(manager, control, leasing)
        : new ClassicManager(manager, leasing);
  }

  @Override
  public LeaseRequest lease(String id, HttpRoute route, Timeout requestTimeout, Object state) {
    LeaseRequest request = manager.lease(id, route, requestTimeout, state);
    ClassicExecRuntime runtime = leasing.get(Thread.currentThread());
    if (runtime == null) {
      return request;
    }
    ApacheRoundTrip roundTrip = runtime.call().current();
    if (roundTrip != null && isPending(route)) {
      roundTrip.waits();
    }
    return new LeaseRequest() {
      @Override
      public ConnectionEndpoint get(Timeout timeout)
          throws InterruptedException, ExecutionException, TimeoutException {
        ClassicEndpoint endpoint = new ClassicEndpoint(request.get(timeout), route, runtime.call());
        runtime.leased(endpoint);
        return endpoint;
      }

      @Override
      public boolean cancel() {
        return request.cancel();
      }
    };
  }

  /** {@return whether a request waits for a connection of a route} */
  boolean isPending(HttpRoute route) {
    return false;
  }

  @Override
  public void release(ConnectionEndpoint endpoint, Object newState, TimeValue validDuration) {
    if (endpoint instanceof ClassicEndpoint traced) {
      traced.release(manager, newState, validDuration);
    } else {
      manager.release(endpoint, newState, validDuration);
    }
  }

  @Override
  public void connect(ConnectionEndpoint endpoint, TimeValue connectTimeout, HttpContext context)
      throws IOException {
    manager.connect(ClassicEndpoint.behind(endpoint), connectTimeout, context);
  }

  @Override
  public void upgrade(ConnectionEndpoint endpoint, HttpContext context) throws IOException {
    manager.upgrade(ClassicEndpoint.behind(endpoint), context);
  }

  @Override
  public void close(CloseMode closeMode) {
    manager.close(closeMode);
  }

  @Override
  public void close() throws IOException {
    manager.close();
  }

  @Override
  public String toString() {
    return "traced " + manager;
  }

  /** One in front of a pool, whose connections the client closes when they are idle for long. */
  private static final class OfPool extends ClassicManager implements ConnPoolControl<HttpRoute> {
    private final ConnPoolControl<HttpRoute> control;

    @SuppressWarnings("unchecked") // A connection manager keeps connections by their routes.
    OfPool(
        HttpClientConnectionManager manager,
        ConnPoolControl<?> control,
        Map<Thread, ClassicExecRuntime> leasing) {
      super(manager, leasing);
      this.control = (ConnPoolControl<HttpRoute>) control;
    }

    @Override
    boolean isPending(HttpRoute route) {
      return control.getStats(route).getPending() > 0;
    }

    @Override
    public void setMaxTotal(int max) {
      control.setMaxTotal(max);
    }

    @Override
    public int getMaxTotal() {
      return control.getMaxTotal();
    }

    @Override
    public void setDefaultMaxPerRoute(int max) {
      control.setDefaultMaxPerRoute(max);
    }

    @Override
    public int getDefaultMaxPerRoute() {
      return control.getDefaultMaxPerRoute();
    }

    @Override
    public void setMaxPerRoute(HttpRoute route, int max) {
      control.setMaxPerRoute(route, max);
    }

    @Override
    public int getMaxPerRoute(HttpRoute route) {
      return control.getMaxPerRoute(route);
    }

    @Override
    public void closeIdle(TimeValue idleTime) {
      control.closeIdle(idleTime);
    }

    @Override
    public void closeExpired() {
      control.closeExpired();
    }

    @Override
    public Set<HttpRoute> getRoutes() {
      return control.getRoutes();
    }

    @Override
    public PoolStats getTotalStats() {
      return control.getTotalStats();
    }

    @Override
    public PoolStats getStats(HttpRoute route) {
      return control.getStats(route);
    }
  }
}
