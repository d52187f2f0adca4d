package io.httptrace.benchmarks.worker;

import java.util.concurrent.atomic.AtomicLong;

/** One of the threads, or of the requests in flight. One thread at a time writes it. */
abstract class Slot {
  private final Load load;
  private final Histogram[] times = new Histogram[Load.MAX_WINDOWS];
  private final AtomicLong count = new AtomicLong();
  private long started;

  Slot(Load load) {
    this.load = load;
    for (int i = 0; i < times.length; i++) {
      times[i] = new Histogram();
    }
  }

  final Load load() {
    return load;
  }

  final void begin() {
    started = System.nanoTime();
  }

  /** The request that was begun last has been answered with a body of so many bytes. */
  final void answered(long bytes) {
    long time = System.nanoTime() - started;
    if (bytes != load.workload().responseBytes()) {
      load.failed(new IllegalStateException("a body of " + bytes + " bytes"));
      return;
    }
    count.lazySet(count.get() + 1);
    int window = load.window();
    if (window >= 0) {
      times[window].record(time);
    }
  }

  final long count() {
    return count.get();
  }

  final Histogram times(int window) {
    return times[window];
  }
}
