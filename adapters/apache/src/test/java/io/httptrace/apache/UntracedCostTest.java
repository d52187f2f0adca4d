package io.httptrace.apache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.httptrace.conformance.server.PathServer;
import java.lang.management.ManagementFactory;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the adapter allocates for a request without a trace: nothing. Interceptors that do nothing
 * stand for those of the adapter: the client's chain has an object for each.
 */
final class UntracedCostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final PathServer site = new PathServer();

  @AfterEach
  void close() {
    site.close();
  }

  /** Sends a request, and returns what it has allocated on this thread. */
  @FunctionalInterface
  private interface Sending {
    long allocated() throws Exception;
  }

  private static long now() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static long least(Sending sending) throws Exception {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 50; i++) {
      least = Math.min(least, sending.allocated());
    }
    return least;
  }

  /**
   * Compares the least of many requests, in turns: what the client allocates varies, and gets less
   * when the JVM compiles it.
   */
  private static void assertNoMore(Sending with, Sending without) throws Exception {
    long leastWith = Long.MAX_VALUE;
    long leastWithout = Long.MAX_VALUE;
    for (int round = 0; round < 3 || (leastWith > leastWithout && round < 20); round++) {
      leastWithout = Math.min(leastWithout, least(without));
      leastWith = Math.min(leastWith, least(with));
    }
    assertThat(leastWith).isLessThanOrEqualTo(leastWithout);
  }

  private long send(CloseableHttpClient client) throws Exception {
    long start = now();
    client.execute(
        ClassicClient.get(site.url("/ok")),
        response -> {
          EntityUtils.consume(response.getEntity());
          return null;
        });
    return now() - start;
  }

  @Test
  void aRequestOfTheClassicClientWithoutATraceAllocatesNothingMore() throws Exception {
    HttpClientBuilder plain =
        HttpClients.custom()
            .addExecInterceptorFirst("first", (r, scope, chain) -> chain.proceed(r, scope))
            .addExecInterceptorBefore("CONNECT", "second", (r, s, chain) -> chain.proceed(r, s))
            .addExecInterceptorAfter("CONNECT", "third", (r, s, chain) -> chain.proceed(r, s));
    try (CloseableHttpClient without = plain.build();
        CloseableHttpClient with = ApacheTracing.create().install(HttpClients.custom()).build()) {
      assertNoMore(() -> send(with), () -> send(without));
    }
  }

  /** Until the request is with the I/O thread: there the adapter has no part in it. */
  private long send(CloseableHttpAsyncClient client) throws Exception {
    SimpleHttpRequest request = SimpleRequestBuilder.get(site.url("/ok")).build();
    long start = now();
    var response = client.execute(request, null);
    long end = now();
    assertThat(response.get().getCode()).isEqualTo(200);
    return end - start;
  }

  @Test
  void aRequestOfTheAsynchronousClientWithoutATraceAllocatesNothingMore() throws Exception {
    HttpAsyncClientBuilder plain =
        HttpAsyncClients.custom()
            .addExecInterceptorFirst("first", (r, b, s, chain, c) -> chain.proceed(r, b, s, c))
            .addExecInterceptorBefore(
                "CONNECT", "second", (r, b, s, chain, c) -> chain.proceed(r, b, s, c))
            .addExecInterceptorAfter(
                "CONNECT", "third", (r, b, s, chain, c) -> chain.proceed(r, b, s, c));
    try (CloseableHttpAsyncClient without = plain.build();
        CloseableHttpAsyncClient with =
            ApacheTracing.create().install(HttpAsyncClients.custom()).build()) {
      without.start();
      with.start();
      assertNoMore(() -> send(with), () -> send(without));
    }
  }
}
