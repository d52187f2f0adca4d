package io.httptrace.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.httptrace.conformance.server.PathServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** What the adapter allocates for a call without a trace: nothing. */
final class UntracedCostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is allocated from before an interceptor to behind it, in the call with the least. */
  private static long least(PathServer site, OkHttpClient.Builder builder, boolean traced)
      throws IOException {
    Behind behind = new Behind();
    Before before = new Before(behind);
    builder.addInterceptor(before);
    if (traced) {
      OkHttpTracing.create().install(builder);
    } else {
      builder.addInterceptor(chain -> chain.proceed(chain.request()));
    }
    OkHttpClient client = builder.addInterceptor(behind).build();
    Request request = new Request.Builder().url(site.url("/ok")).build();
    for (int i = 0; i < 30; i++) {
      client.newCall(request).execute().close();
    }
    client.connectionPool().evictAll();
    return before.least;
  }

  private static final class Behind implements Interceptor {
    private long at;

    @Override
    public Response intercept(Chain chain) throws IOException {
      at = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      return chain.proceed(chain.request());
    }
  }

  private static final class Before implements Interceptor {
    private final Behind behind;
    private long least = Long.MAX_VALUE;

    Before(Behind behind) {
      this.behind = behind;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
      long start = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      Response response = chain.proceed(chain.request());
      least = Math.min(least, behind.at - start);
      return response;
    }
  }

  @Test
  void aCallWithoutATraceAllocatesNothingMore() throws IOException {
    try (PathServer site = new PathServer()) {
      long without = least(site, new OkHttpClient.Builder(), false);
      long with = least(site, new OkHttpClient.Builder(), true);

      assertThat(with).isLessThanOrEqualTo(without);
    }
  }
}
