package io.httptrace.reactornetty;

import io.httptrace.conformance.leak.LeakProbe;
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

  @Override
  public boolean isShared(Thread thread) {
    return thread.getName().startsWith("globalEventExecutor")
        || thread.getName().equals("Cleaner-0");
  }
}
