package io.httptrace.client.netty;

import io.httptrace.client.concurrent.Clock;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** A timer of Netty's: kept by the clock, and run as a task of the connection. */
final class LoopTimer<V> extends DefaultPromise<V> implements ScheduledFuture<V> {
  private final Clock clock;
  private final long deadline;
  private final Clock.Timer timer;

  LoopTimer(EventExecutor loop, Callable<V> task, Clock clock, long nanos) {
    super(loop);
    this.clock = clock;
    this.deadline = clock.nanoTime() + nanos;
    this.timer = clock.schedule(() -> loop.execute(() -> run(task)), nanos);
  }

  private void run(Callable<V> task) {
    if (!setUncancellable()) {
      return;
    }
    V result;
    try {
      result = task.call();
    } catch (Throwable t) {
      setFailure(t);
      return;
    }
    setSuccess(result);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    timer.stop();
    return super.cancel(mayInterruptIfRunning);
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(deadline - clock.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
  }
}
