package io.httptrace.benchmarks.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of this process and of the machine. Times are nanoseconds. */
final class ProcFiles {
  private static final long NANOS_OF_TICK = 10_000_000;

  /**
   * Processor time of this process; exact over all threads, ended ones too, in steps of 10 ms.
   *
   * @param user outside of the kernel
   * @param system inside of it
   */
  record Cpu(long user, long system) {
    long total() {
      return user + system;
    }
  }

  private ProcFiles() {}

  static Cpu cpu() {
    String stat = read("/proc/self/stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new Cpu(
        Long.parseLong(fields[11]) * NANOS_OF_TICK, Long.parseLong(fields[12]) * NANOS_OF_TICK);
  }

  /** {@return processor time of all processes, the kernel's own too} */
  static long machineCpu() {
    // cpu user nice system idle iowait irq softirq
    String[] fields = read("/proc/stat").lines().findFirst().orElseThrow().split("\\s+", -1);
    long ticks = 0;
    for (int busy : new int[] {1, 2, 3, 6, 7}) {
      ticks += Long.parseLong(fields[busy]);
    }
    return ticks * NANOS_OF_TICK;
  }

  /** {@return processor time of the threads that compile} */
  static long compilerCpu() {
    File[] threads = new File("/proc/self/task").listFiles();
    long nanos = 0;
    for (File thread : threads == null ? new File[0] : threads) {
      try {
        if (read(thread + "/comm").matches("(?s)C[12] Compiler.*")) {
          nanos += Long.parseLong(read(thread + "/schedstat").split(" ", -1)[0]);
        }
      } catch (UncheckedIOException ended) {
        // The thread has just ended.
      }
    }
    return nanos;
  }

  /** {@return the largest that the resident set has been, in KiB} */
  static long peakResidentKib() {
    return status("VmHWM:");
  }

  static long threads() {
    return status("Threads:");
  }

  private static long status(String key) {
    return read("/proc/self/status")
        .lines()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(-1);
  }

  private static String read(String path) {
    try {
      return new String(Files.readAllBytes(Path.of(path)), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
