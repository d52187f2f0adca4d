package io.httptrace.benchmarks.worker;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;

/** Bytes allocated by all Java threads, those that have ended too. */
public final class Allocation {
  private static final String TOTAL = "getTotalThreadAllocatedBytes";

  private Allocation() {}

  /** {@return how many bytes there have been} */
  public static long bytes() {
    try {
      // Late releases of JDK 17 have it, but it is not part of what --release 17 lets us call.
      Method total = ThreadMXBean.class.getMethod(TOTAL);
      return (long) total.invoke(ManagementFactory.getThreadMXBean());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK has no " + TOTAL, e);
    }
  }
}
