package io.httptrace.client.http2;

import io.httptrace.conformance.time.Waiting;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks, again and again, how much memory Netty's default allocator has taken; and, when it is
 * asked, whether the heap holds much more once it has been collected. Used by one test at a time.
 */
final class MemoryWatch implements AutoCloseable {
  private static final long EVERY_MILLIS = 2;

  /** What the heap held when it was collected last. */
  private static long lastCollected;

  private final ByteBufAllocatorMetric allocator;
  private final long buffersBefore;
  private final long heapBefore;
  private final AtomicLong mostBuffers = new AtomicLong();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread watcher = new Thread(this::watch, "memory watch");

  private MemoryWatch(ByteBufAllocatorMetric allocator) {
    this.allocator = allocator;
    this.buffersBefore = taken();
    this.heapBefore = lastCollected == 0 ? collected() : lastCollected;
  }

  static MemoryWatch begin() {
    MemoryWatch watch =
        new MemoryWatch(((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric());
    watch.watcher.setDaemon(true);
    watch.watcher.start();
    return watch;
  }

  private long taken() {
    return allocator.usedDirectMemory() + allocator.usedHeapMemory();
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long collected() {
    System.gc();
    lastCollected = used();
    return lastCollected;
  }

  private void watch() {
    try {
      do {
        look();
      } while (!end.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    mostBuffers.accumulateAndGet(taken() - buffersBefore, Math::max);
  }

  /** {@return how many bytes more than at the beginning the allocator had at the most} */
  long mostBuffers() {
    look();
    return mostBuffers.get();
  }

  /**
   * {@return whether the heap holds less than so many bytes more than at the beginning} It is
   * collected, which takes its time, only if it holds more with all that can be collected; and
   * again, as what has been closed may still be on its way out.
   */
  boolean heapGrewLessThan(long bytes) throws InterruptedException {
    long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
    boolean less = used() - heapBefore < bytes;
    while (!less
        && System.nanoTime() < deadline
        && !end.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      less = collected() - heapBefore < bytes;
    }
    return less;
  }

  @Override
  public void close() {
    end.countDown();
  }
}
