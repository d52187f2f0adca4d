package io.httptrace.client.call;

import io.httptrace.client.concurrent.Turn;
import java.util.concurrent.CompletableFuture;

/**
 * The future of a call. Cancelling it, or one derived from it, with {@code cancel(true)} cancels
 * the call, as with the JDK's client.
 */
public final class CallFuture<T> extends CompletableFuture<T> {
  private final Runnable cancelCall;

  /**
   * Makes one.
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
