package io.httptrace.benchmarks.runner;

import java.io.IOException;
import java.util.List;

/** Which cores a process may use, by the command {@code taskset}. */
final class Cores {
  /** The core that client and server share where they share one; the others' work is on 0. */
  private static final int SHARED = Runtime.getRuntime().availableProcessors() - 1;

  private Cores() {}

  /** {@return how a command begins whose process is to have the shared core only} */
  static List<String> shared() {
    return List.of("taskset", "-c", Integer.toString(SHARED));
  }

  /** Moves a process that runs, with all its threads. */
  static void move(Process process, boolean toShared) throws IOException, InterruptedException {
    String cores = toShared ? Integer.toString(SHARED) : "0-" + SHARED;
    Process mover =
        new ProcessBuilder("taskset", "-a", "-c", "-p", cores, Long.toString(process.pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (mover.waitFor() != 0) {
      throw new IOException("taskset failed");
    }
  }
}
