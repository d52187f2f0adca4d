package io.httptrace.client;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Not one of the JDK's, so nothing is known of it: it may wait for its body when asked for it. */
final class OwnSubscriber implements BodySubscriber<String> {
  private final BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
  private final boolean waits;

  OwnSubscriber(boolean waits) {
    this.waits = waits;
  }

  @Override
  public CompletionStage<String> getBody() {
    CompletableFuture<String> body = text.getBody().toCompletableFuture();
    return waits ? CompletableFuture.completedFuture(body.join()) : body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    text.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    text.onNext(item);
  }

  @Override
  public void onError(Throwable error) {
    text.onError(error);
  }

  @Override
  public void onComplete() {
    text.onComplete();
  }
}
