package io.httptrace.cli.live;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A ticker with a thread of its own, which does not keep the process alive. */
public final class TickerThread implements Ticker {

  @Override
  public Ticking begin(Duration first, Duration interval, Runnable task) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                for (Duration wait = first;
                    !ended.await(wait.toNanos(), TimeUnit.NANOSECONDS);
                    wait = interval) {
                  task.run();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "httptrace-live");
    thread.setDaemon(true);
    thread.start();
    return ended::countDown;
  }
}
