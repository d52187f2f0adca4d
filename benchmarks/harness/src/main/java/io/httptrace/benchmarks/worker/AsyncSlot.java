package io.httptrace.benchmarks.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request in flight: the next is sent from the callback of the one before, without recursion. */
final class AsyncSlot extends Slot implements BiConsumer<@Nullable Integer, @Nullable Throwable> {

  private enum Step {
    /** The call that sends has not returned. */
    SENDING,
    /** The response came before that. */
    ANSWERED,
    /** The call has returned; the callback goes on. */
    SENT
  }

  private final AtomicReference<Step> step = new AtomicReference<>(Step.SENT);
  private final CountDownLatch ended;

  /**
   * Makes one.
   *
   * @param ended is counted down when it sends no more
   */
  AsyncSlot(Load load, CountDownLatch ended) {
    super(load);
    this.ended = ended;
  }

  /** Sends until a response is not there at once. */
  void run() {
    do {
      if (load().ended()) {
        ended.countDown();
        return;
      }
      step.set(Step.SENDING);
      begin();
      CompletableFuture<Integer> response;
      try {
        response = load().onceAsync();
      } catch (RuntimeException | LinkageError error) {
        response = CompletableFuture.failedFuture(error);
      }
      response.whenComplete(this);
    } while (!step.compareAndSet(Step.SENDING, Step.SENT));
  }

  @Override
  public void accept(@Nullable Integer bytes, @Nullable Throwable error) {
    if (bytes != null) {
      answered(bytes);
    } else if (error != null) {
      load().failed(error);
    }
    if (!step.compareAndSet(Step.SENDING, Step.ANSWERED)) {
      run();
    }
  }
}
