package io.httptrace.conformance.run;

import io.httptrace.conformance.time.Waiting;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How many bytes of its response body each request has read. */
final class Progress {
  private final Map<String, Long> bytes = new HashMap<>();

  synchronized void read(String id, int count) {
    bytes.merge(id, (long) count, Long::sum);
    notifyAll();
  }

  synchronized boolean await(String id, long count, Duration limit) throws InterruptedException {
    return Waiting.until(this, () -> bytes.getOrDefault(id, 0L) >= count, limit);
  }
}
