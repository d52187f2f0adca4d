package io.httptrace.conformance.run;

import io.httptrace.conformance.time.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Threads that wait for a cue and then run an action. */
final class CueThreads {
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();

  void post(String name, Cue cue, Runnable action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                cue.await();
                action.run();
              } catch (InterruptedException overBefore) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException | AssertionError e) {
                problems.add(name + ": " + e);
              }
            },
            "cue: " + name);
    thread.setDaemon(true);
    threads.add(thread);
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** {@return the failures} All threads are ended. */
  List<String> dismiss() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join(Waiting.LIMIT.toMillis());
    }
    return problems;
  }
}
