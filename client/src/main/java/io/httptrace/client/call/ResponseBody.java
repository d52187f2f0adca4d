package io.httptrace.client.call;

import static java.util.Objects.requireNonNull;

import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.Strand;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body that the caller's subscriber makes of a response: when it is there, so is the response.
 * Used on the strand of the call.
 */
final class ResponseBody<T> {
  /** How long an error waits for a subscriber that takes its time to say which body it makes. */
  private static final long ASKING_GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final BodyHandler<T> handler;
  private final Clock clock;
  private final Executor executor;
  private final Completion<T> completion;
  private final BiFunction<ReceivedHead, @Nullable T, Response<T>> response;
  private final Consumer<Throwable> abort;

  /** Asks a subscriber that may take its time, beside the strand of the call. */
  private volatile @Nullable Strand asking;

  /** Is done when a subscriber that may take its time has been asked; null if there is none. */
  private @Nullable CompletableFuture<Void> asked;

  /**
   * Makes the body of a response that has yet to come.
   *
   * @param hosted whether the caller's thread waits, and runs the strand meanwhile
   * @param response makes the response
   * @param abort ends the call
   */
  ResponseBody(
      BodyHandler<T> handler,
      CallEnvironment environment,
      boolean hosted,
      Completion<T> completion,
      BiFunction<ReceivedHead, @Nullable T, Response<T>> response,
      Consumer<Throwable> abort) {
    this.handler = handler;
    this.clock = environment.clock();
    this.executor = environment.executorFor(hosted);
    this.completion = completion;
    this.response = response;
    this.abort = abort;
  }

  /** {@return what takes the content} */
  BodySubscriber<?> subscriber(ReceivedHead info) {
    BodySubscriber<T> subscriber;
    try {
      subscriber = requireNonNull(handler.apply(info), "body subscriber");
    } catch (Throwable t) {
      cannotBeMade(t);
      return new CancellingSubscriber();
    }
    if (JdkSubscribers.givesBodyAtOnce(subscriber)) {
      await(info, subscriber);
    } else {
      CompletableFuture<Void> done = new CompletableFuture<>();
      asked = done;
      Strand beside = new Strand(executor);
      asking = beside;
      beside.execute(
          () -> {
            await(info, subscriber);
            done.complete(null);
          });
    }
    return subscriber;
  }

  /**
   * Waits for the body the subscriber makes. To ask for it may block, as when a mapping reads from
   * a stream: only the JDK's own subscribers are asked on the strand, which delivers the content.
   */
  private void await(ReceivedHead info, BodySubscriber<T> subscriber) {
    try {
      subscriber
          .getBody()
          .whenComplete(
              (body, error) -> {
                if (error != null) {
                  cannotBeMade(error);
                } else {
                  completion.respond(response.apply(info, body));
                }
              });
    } catch (Throwable t) {
      cannotBeMade(t);
    }
  }

  /** There is no use for the content any more: the exchange ends too, if it is still under way. */
  private void cannotBeMade(Throwable error) {
    Throwable cause = Completion.causeOf(error);
    completion.fail(cause);
    abort.accept(cause);
  }

  /** {@return whether the calling thread asks the subscriber} */
  boolean runsHere() {
    Strand beside = asking;
    return beside != null && beside.runsHere();
  }

  /** The subscriber has been told of an error, and need not have passed it on to its body. */
  void failed(Throwable error) {
    CompletableFuture<Void> unanswered = asked;
    if (unanswered == null || unanswered.isDone()) {
      completion.fail(error);
    } else {
      // It may have made a body of what it was told, and has not been asked for it yet.
      unanswered.thenRun(() -> completion.fail(error));
      clock.schedule(() -> completion.fail(error), ASKING_GRACE_NANOS);
    }
  }
}
