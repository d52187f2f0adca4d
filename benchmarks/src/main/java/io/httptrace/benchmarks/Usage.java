package io.httptrace.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What this process has used so far.
 *
 * @param nanoTime the time of the reading
 * @param cpuNanos processor time of the whole process, collector and compiler included
 * @param allocatedBytes bytes allocated by the threads that are alive; a thread that ended between
 *     two readings takes its bytes with it
 */
record Usage(long nanoTime, long cpuNanos, long allocatedBytes) {

  static Usage now() {
    com.sun.management.OperatingSystemMXBean system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated =
        Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
            .filter(bytes -> bytes > 0) // -1: has just ended
            .sum();
    return new Usage(System.nanoTime(), system.getProcessCpuTime(), allocated);
  }
}
