package io.httptrace.armeria;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.HttpClient;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the adapter allocates for a request without a trace: nothing. */
final class UntracedCostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is allocated from before a decorator to behind it, in the request with the least. */
  private static long least(Function<? super HttpClient, ? extends HttpClient> decorator) {
    Behind behind = new Behind();
    Before before = new Before(behind);
    WebClient client =
        WebClient.builder("http://127.0.0.1:1")
            .decorator(delegate -> behind)
            .decorator(decorator)
            .decorator(delegate -> before.around(delegate))
            .build();
    for (int i = 0; i < 200; i++) {
      client.get("/").aggregate().join();
    }
    return before.least;
  }

  private static final class Behind implements HttpClient {
    private long at;

    @Override
    public HttpResponse execute(ClientRequestContext ctx, HttpRequest req) {
      at = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      return HttpResponse.of(200);
    }
  }

  private static final class Before {
    private final Behind behind;
    private long least = Long.MAX_VALUE;

    Before(Behind behind) {
      this.behind = behind;
    }

    HttpClient around(HttpClient delegate) {
      return (ctx, req) -> {
        long start = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        HttpResponse response = delegate.execute(ctx, req);
        least = Math.min(least, behind.at - start);
        return response;
      };
    }
  }

  @Test
  void aRequestWithoutATraceAllocatesNothingMore() {
    long without = least(delegate -> (ctx, req) -> delegate.execute(ctx, req));
    long with = least(ArmeriaTracing.create().newDecorator());

    assertThat(with).isLessThanOrEqualTo(without);
  }
}
