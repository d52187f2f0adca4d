package io.httptrace.conformance.hooks;

import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;

/**
 * A hook that blocks until the test lets it go on: {@code
 * ClientTrace.builder().wroteHeaders(hook).build()}. It blocks in every call until then.
 */
public final class BlockingHook implements Runnable {
  private final Gate called = new Gate();
  private final Gate released = new Gate();

  /** Makes one that has not been called. */
  public BlockingHook() {}

  /** What the hook does: blocks, or until the thread is interrupted. */
  @Override
  public void run() {
    called.open();
    try {
      released.await(Waiting.LIMIT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until it has been called.
   *
   * @throws AssertionError if it is not within {@link Waiting#LIMIT}
   * @throws InterruptedException if the thread is interrupted
   */
  public void awaitCall() throws InterruptedException {
    if (!called.await(Waiting.LIMIT)) {
      throw new AssertionError("the hook has not been called");
    }
  }

  /** Lets it go on, also if it is called later. */
  public void release() {
    released.open();
  }
}
