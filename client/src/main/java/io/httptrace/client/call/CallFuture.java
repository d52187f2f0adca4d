package io.httptrace.client.call;

import io.httptrace.client.concurrent.Turn;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The future of a call. Cancelling it, or one derived from it, with {@code cancel(true)} cancels
 * the call, as with the JDK's client.
 */
public final class CallFuture<T> extends CompletableFuture<T> {
  private final Runnable cancelCall;

  /**
   * Makes the future of a call that can be cancelled.
   *
   * @param cancelCall cancels what it stands for
   */
  public CallFuture(Runnable cancelCall) {
    this.cancelCall = cancelCall;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CallFuture<>(cancelCall);
  }

  // It may be waited for in what depends on another one, on a thread that others need.

  @Override
  public T get() throws InterruptedException, ExecutionException {
    beforeWaiting();
    return super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    beforeWaiting();
    return super.get(timeout, unit);
  }

  @Override
  public T join() {
    beforeWaiting();
    return super.join();
  }

  private void beforeWaiting() {
    if (!isDone()) {
      Turn.beforeWaiting();
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean wasDone = isDone();
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (mayInterruptIfRunning && !wasDone) {
      Turn.run(cancelCall);
    }
    return cancelled;
  }

  @Override
  public void obtrudeValue(T value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void obtrudeException(Throwable ex) {
    throw new UnsupportedOperationException();
  }
}
