package io.httptrace.client.call;

import io.httptrace.client.http.ResponseHead;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a response that nobody gets, so that its connection can be used again; a long
 * one is cancelled, as another connection costs less. The limit is Go's.
 */
final class Drain implements BodySubscriber<@Nullable Void> {
  private static final long LIMIT = 2048;

  private final boolean tooLong;
  private Flow.@Nullable Subscription subscription;
  private long count;

  /**
   * Makes a subscriber that drops what it is given.
   *
   * @param head the head of the response
   */
  Drain(ResponseHead head) {
    this.tooLong = head.hasBody() && !isShort(head);
  }

  private static boolean isShort(ResponseHead head) {
    String length = head.headers().firstValue("Content-Length").orElse("0");
    try {
      return Long.parseLong(length.trim()) <= LIMIT;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  public CompletionStage<@Nullable Void> getBody() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (tooLong) {
      given.cancel();
    } else {
      given.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    for (ByteBuffer content : item) {
      count += content.remaining();
    }
    if (count > LIMIT && subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable throwable) {}

  @Override
  public void onComplete() {}
}
