package io.httptrace.conformance.run;

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
    long end = System.nanoTime() + limit.toNanos();
    while (bytes.getOrDefault(id, 0L) < count) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
