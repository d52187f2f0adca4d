package io.httptrace.client.contract;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** A subscriber that asks for one item after the other and keeps them all. */
final class Collector<T> implements Flow.Subscriber<T> {
  private final List<T> items = new CopyOnWriteArrayList<>();
  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile Flow.Subscription subscription;

  List<T> items() {
    return List.copyOf(items);
  }

  /** {@return how it ended: once, if all is well} */
  List<String> ends() {
    return List.copyOf(ends);
  }

  CompletableFuture<Void> end() {
    return end;
  }

  @Override
  public void onSubscribe(Flow.Subscription from) {
    subscription = from;
    from.request(1);
  }

  @Override
  public void onNext(T item) {
    items.add(item);
    subscription.request(1);
  }

  @Override
  public void onError(Throwable error) {
    ends.add("error");
    end.complete(null);
  }

  @Override
  public void onComplete() {
    ends.add("complete");
    end.complete(null);
  }
}
