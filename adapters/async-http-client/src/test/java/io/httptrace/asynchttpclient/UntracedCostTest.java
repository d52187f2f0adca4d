package io.httptrace.asynchttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asynchttpclient.Dsl.asyncHttpClient;

import com.sun.management.ThreadMXBean;
import io.httptrace.conformance.server.PathServer;
import java.lang.management.ManagementFactory;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.filter.FilterContext;
import org.asynchttpclient.filter.RequestFilter;
import org.junit.jupiter.api.Test;

/** What the adapter allocates for a call without a trace: nothing. */
final class UntracedCostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is allocated from before the filter to behind it, in the call with the least. */
  private static long least(
      PathServer site, DefaultAsyncHttpClientConfig.Builder config, boolean traced)
      throws Exception {
    Before before = new Before();
    Behind behind = new Behind(before);
    config.addRequestFilter(before);
    if (traced) {
      AsyncHttpClientTracing.create().install(config);
    } else {
      config.addRequestFilter(new Nothing());
    }
    try (AsyncHttpClient client = asyncHttpClient(config.addRequestFilter(behind))) {
      for (int i = 0; i < 30; i++) {
        Calls.send(client, site.url("/ok"));
      }
    }
    return behind.least;
  }

  private static final class Before implements RequestFilter {
    private long at;

    @Override
    public <T> FilterContext<T> filter(FilterContext<T> ctx) {
      at = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      return ctx;
    }
  }

  private static final class Nothing implements RequestFilter {
    @Override
    public <T> FilterContext<T> filter(FilterContext<T> ctx) {
      return ctx;
    }
  }

  private static final class Behind implements RequestFilter {
    private final Before before;
    private long least = Long.MAX_VALUE;

    Behind(Before before) {
      this.before = before;
    }

    @Override
    public <T> FilterContext<T> filter(FilterContext<T> ctx) {
      long now = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      least = Math.min(least, now - before.at);
      return ctx;
    }
  }

  @Test
  void aCallWithoutATraceAllocatesNothingMore() throws Exception {
    try (PathServer site = new PathServer()) {
      long without = least(site, AhcTestConfig.quick(), false);
      long with = least(site, AhcTestConfig.quick(), true);

      assertThat(with).isLessThanOrEqualTo(without);
    }
  }

  @Test
  void aCallWithoutATraceHasNoListenersOnItsConnection() throws Exception {
    Pipelines pipelines = new Pipelines();
    try (PathServer site = new PathServer();
        AsyncHttpClient client =
            asyncHttpClient(AsyncHttpClientTracing.create().install(AhcTestConfig.quick()))) {
      client.executeRequest(Calls.get(site.url("/ok")), pipelines).get();

      assertThat(pipelines.names).contains("ahc-http").noneMatch(n -> n.startsWith("httptrace"));
    }
  }
}
