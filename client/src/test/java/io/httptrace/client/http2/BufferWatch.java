package io.httptrace.client.http2;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks, again and again, how much memory Netty's default allocator has taken. */
final class BufferWatch implements AutoCloseable {
  private static final long EVERY_MILLIS = 2;

  private final ByteBufAllocatorMetric metric;
  private final long before;
  private final AtomicLong most = new AtomicLong();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread watcher = new Thread(this::watch, "buffer watch");

  private BufferWatch(ByteBufAllocatorMetric metric) {
    this.metric = metric;
    before = taken();
  }

  static BufferWatch begin() {
    ByteBufAllocatorMetricProvider allocator =
        (ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT;
    BufferWatch watch = new BufferWatch(allocator.metric());
    watch.watcher.setDaemon(true);
    watch.watcher.start();
    return watch;
  }

  private long taken() {
    return metric.usedDirectMemory() + metric.usedHeapMemory();
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
    most.accumulateAndGet(taken() - before, Math::max);
  }

  /** {@return how much more than at the beginning it was at the most, in bytes} */
  long most() {
    look();
    return most.get();
  }

  @Override
  public void close() {
    end.countDown();
  }
}
