package io.httptrace.benchmarks.peer;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Counts the bytes of a body and keeps none. */
final class CountingSubscriber implements HttpResponse.BodySubscriber<Long> {
  private final CompletableFuture<Long> count = new CompletableFuture<>();
  private long bytes;

  @Override
  public CompletionStage<Long> getBody() {
    return count;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (int i = 0; i < buffers.size(); i++) {
      bytes += buffers.get(i).remaining();
    }
  }

  @Override
  public void onError(Throwable error) {
    count.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    count.complete(bytes);
  }
}
