package io.httptrace.client.concurrent;

/** A clock that stands still and sets no timers. */
public final class NoClock implements Clock {
  /** Makes a clock. */
  public NoClock() {}

  @Override
  public long nanoTime() {
    return 0;
  }

  @Override
  public Timer schedule(Runnable task, long nanos) {
    return Timer.NONE;
  }
}
