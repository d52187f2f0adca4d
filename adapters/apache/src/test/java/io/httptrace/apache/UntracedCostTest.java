package io.httptrace.apache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.Test;

/** What the adapter allocates for a request without a trace: nothing. */
final class UntracedCostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What a request allocates on its thread: the least of many. */
  private static long least(Site site, HttpClientBuilder builder) throws IOException {
    long least = Long.MAX_VALUE;
    // Interceptors that do nothing stand for those of the adapter: the chain has an object for
    // each.
    try (CloseableHttpClient client = builder.build()) {
      for (int i = 0; i < 300; i++) {
        long start = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        client.execute(
            ClassicClient.get(site.url("/ok")),
            response -> {
              EntityUtils.consume(response.getEntity());
              return null;
            });
        long end = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        least = Math.min(least, end - start);
      }
    }
    return least;
  }

  @Test
  void aRequestWithoutATraceAllocatesNothingMore() throws IOException {
    try (Site site = new Site()) {
      HttpClientBuilder plain =
          HttpClients.custom()
              .addExecInterceptorFirst("first", (r, scope, chain) -> chain.proceed(r, scope))
              .addExecInterceptorBefore("CONNECT", "second", (r, s, chain) -> chain.proceed(r, s))
              .addExecInterceptorAfter("CONNECT", "third", (r, s, chain) -> chain.proceed(r, s));
      long without = least(site, plain);
      long with = least(site, ApacheTracing.create().install(HttpClients.custom()));

      assertThat(with).isLessThanOrEqualTo(without);
    }
  }
}
