package io.httptrace.client;

import io.httptrace.conformance.leak.LeakProbe;
import io.netty.buffer.Unpooled;
import java.util.List;

/** Looks for Netty buffers that were not released. */
public final class NettyLeakProbe implements LeakProbe {
  /** Made by the service loader. */
  public NettyLeakProbe() {}

  @Override
  public void before() {
    CountingLeakDetector.LEAKS.clear();
  }

  @Override
  public List<String> leaks() {
    return List.copyOf(CountingLeakDetector.LEAKS);
  }

  /** Collects garbage, after which Netty notices buffers no one holds. */
  static List<String> leaksAfterCollection() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Unpooled.buffer(1).release();
    }
    return List.copyOf(CountingLeakDetector.LEAKS);
  }

  @Override
  public boolean isShared(Thread thread) {
    return thread.getName().startsWith("globalEventExecutor")
        || thread.getName().equals("Cleaner-0");
  }
}
