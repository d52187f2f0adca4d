package io.httptrace.client.call;

import io.httptrace.client.concurrent.Strand;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Completes the future of a call. What depends on it may block, for instance to read a body that is
 * still being delivered, or to send the next request. So that runs neither on the strand nor on the
 * caller's executor, which may have no other thread.
 */
final class Completion<T> {
  private final CompletableFuture<HttpResponse<T>> done;
  private final CompletableFuture<HttpResponse<T>> future;
  private final Strand strand;
  private final boolean hosted;
  private final Consumer<HttpResponse<T>> unwanted;

  /**
   * Makes it.
   *
   * @param strand of the call
   * @param hosted whether the caller's thread waits, and runs the strand meanwhile
   * @param completions completes the future and so runs what depends on it; not used if {@code
   *     hosted}
   * @param cancel cancels the call
   * @param unwanted takes a response that comes too late
   */
  Completion(
      Strand strand,
      boolean hosted,
      Executor completions,
      Runnable cancel,
      Consumer<HttpResponse<T>> unwanted) {
    this.done = new CallFuture<>(cancel);
    this.future = hosted ? done : done.whenCompleteAsync((response, error) -> {}, completions);
    this.strand = strand;
    this.hosted = hosted;
    this.unwanted = unwanted;
  }

  CompletableFuture<HttpResponse<T>> future() {
    return future;
  }

  /** {@return whether there is a response, or an error} */
  boolean isDone() {
    return done.isDone();
  }

  void respond(HttpResponse<T> response) {
    if (!done.complete(response)) {
      unwanted.accept(response);
    }
    wake();
  }

  void fail(Throwable error) {
    done.completeExceptionally(causeOf(error));
    wake();
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
    if (future.isDone() || !done.isDone()) {
      action.run();
    } else {
      future.whenComplete((response, error) -> action.run());
    }
  }

  private void wake() {
    if (hosted) {
      strand.wake();
    }
  }
}
