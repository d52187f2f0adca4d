package io.httptrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests that an application makes all the time, by each of its clients on a thread of its own.
 */
final class SteadyLoad {
  private final AtomicInteger failed = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean finished;

  String begin(String url) {
    for (String client : new String[] {"jdk", "okhttp"}) {
      Thread thread = new Thread(() -> send(client, url));
      threads.add(thread);
      thread.start();
    }
    return "begun";
  }

  private void send(String client, String url) {
    while (!finished) {
      try {
        if (!WatchedApplication.answer(client, url).equals("hello")) {
          failed.incrementAndGet();
        }
      } catch (Exception e) {
        failed.incrementAndGet();
      }
    }
  }

  String finish() throws InterruptedException {
    finished = true;
    for (Thread thread : threads) {
      thread.join();
    }
    return failed + " failed";
  }
}
