package io.httptrace.client.call;

import io.httptrace.client.concurrent.Strand;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Completes the future of a call. What depends on it may block, for instance to read a body that is
 * still being delivered, or to send the next request. So that runs neither on the strand nor on the
 * caller's executor, which may have no other thread.
 */
final class Completion<T> {
  private final CompletableFuture<HttpResponse<T>> future;
  private final Strand strand;
  private final @Nullable Executor completions;
  private final Consumer<HttpResponse<T>> unwanted;
  private final AtomicBoolean done = new AtomicBoolean();

  /**
   * Makes the completion of a call that has just begun.
   *
   * @param strand of the call
   * @param completions completes the future and so runs what depends on it; null if the caller's
   *     thread waits for the future, and runs the strand meanwhile
   * @param cancel cancels the call
   * @param unwanted takes a response that comes too late
   */
  Completion(
      Strand strand,
      @Nullable Executor completions,
      Runnable cancel,
      Consumer<HttpResponse<T>> unwanted) {
    this.future = new CallFuture<>(cancel);
    this.strand = strand;
    this.completions = completions;
    this.unwanted = unwanted;
  }

  CompletableFuture<HttpResponse<T>> future() {
    return future;
  }

  /** {@return whether there is a response, or an error} */
  boolean isDone() {
    return done.get();
  }

  void respond(HttpResponse<T> response) {
    if (!done.compareAndSet(false, true)) {
      unwanted.accept(response);
    } else if (completions == null) {
      future.complete(response);
      strand.wake();
    } else {
      complete(completions, () -> future.complete(response));
    }
  }

  private static void complete(Executor completions, Runnable task) {
    try {
      completions.execute(task);
    } catch (Throwable noThread) {
      task.run(); // better here than never
    }
  }

  void fail(Throwable error) {
    if (done.compareAndSet(false, true)) {
      Throwable cause = causeOf(error);
      if (completions == null) {
        future.completeExceptionally(cause);
        strand.wake();
      } else {
        // As in the JDK's client, whose future depends on another one.
        CompletionException shown = new CompletionException(cause);
        complete(completions, () -> future.completeExceptionally(shown));
      }
    }
  }

  /** {@return an error without what a stage that depends on another puts around it} */
  static Throwable causeOf(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }

  /**
   * Runs an action when who has the future knows how it ended: the call is not over before. If the
   * call ended without a body nobody is told.
   */
  void whenTold(Runnable action) {
    if (future.isDone() || !isDone()) {
      action.run();
    } else {
      future.whenComplete((response, error) -> action.run());
    }
  }
}
