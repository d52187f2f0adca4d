package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.httptrace.HookSupport;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

/** A request that nobody traces. */
class UntracedTest {
  private static final int TIMES = 100_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final HttpRequest request =
      HttpRequest.newBuilder(URI.create("http://127.0.0.1/")).build();
  private final Connecting connecting = new Connecting();
  private final Exchanging exchanging = new Exchanging();
  private final Object multi = new Object();

  @Test
  void nothingIsAllocatedForIt() {
    for (int i = 0; i < TIMES; i++) {
      run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < TIMES; i++) {
      run();
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    // The measuring itself takes some bytes; a single object for each would take 1.6 million.
    assertThat(allocated).isLessThan(TIMES);
  }

  private void run() {
    assertThatNull(JdkCall.of(request, null, HookSupport.allExact()));
    assertThatNull(connecting.lookup(request));
    assertThatNull(connecting.known(multi));
    assertThatNull(connecting.returnedToPool(multi));
    assertThatNull(connecting.tunnelAnswer(null, null));
    assertThatNull(exchanging.responseBytes(null));
    assertThatNull(exchanging.bytesArrived(null));
  }

  private static void assertThatNull(Object value) {
    if (value != null) {
      throw new AssertionError(value);
    }
  }
}
