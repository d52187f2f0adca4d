package io.httptrace.client.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.hooks.Strand;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A reader, its subscriber and its source, and a log of what they do. */
abstract class Reading {
  final List<String> log = new ArrayList<>();
  final Subscriber subscriber = new Subscriber();
  final Source source = new Source();
  final SubscriberReader reader = reader(null);

  final SubscriberReader reader(@Nullable ContentDecoder decoder) {
    return new SubscriberReader(
        new Strand(Runnable::run), new Delivery(subscriber, decoder), source);
  }

  /** Logs what it gets; what it does besides is set by the test. */
  final class Subscriber implements BodySubscriber<String> {
    Flow.@Nullable Subscription subscription;
    Consumer<String> on = event -> {};

    private void got(String event) {
      log.add(event);
      on.accept(event);
    }

    @Override
    public CompletionStage<String> getBody() {
      return new CompletableFuture<>();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      got("subscribed");
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      item.forEach(
          buffer -> {
            assertThat(buffer.isReadOnly()).isTrue();
            got(UTF_8.decode(buffer).toString());
          });
    }

    @Override
    public void onError(Throwable throwable) {
      got("error " + throwable.getMessage());
    }

    @Override
    public void onComplete() {
      got("complete");
    }

    void request(long n) {
      requireNonNull(subscription).request(n);
    }

    void cancel() {
      requireNonNull(subscription).cancel();
    }
  }

  /** Logs what it is asked; an end is let through at once unless it is held. */
  final class Source implements SubscriberReader.Source {
    @Override
    public void cancelling() {}

    boolean holdsEnd;
    private @Nullable Runnable held;

    Runnable held() {
      return requireNonNull(held);
    }

    @Override
    public void read() {
      log.add("read");
    }

    @Override
    public void ending(Runnable proceed) {
      log.add("ending");
      if (holdsEnd) {
        held = proceed;
      } else {
        proceed.run();
      }
    }

    @Override
    public void idle(Runnable proceed) {
      log.add("idle");
      held = proceed;
    }

    @Override
    public void cancelled() {
      log.add("cancelled");
    }

    @Override
    public void failed(Throwable error) {
      log.add("failed " + error.getMessage());
    }
  }

  final void offer(String... pieces) {
    for (String piece : pieces) {
      reader.offer(ByteBuffer.wrap(piece.getBytes(UTF_8)));
    }
    reader.flush();
  }

  final void end() {
    reader.end();
    reader.flush();
  }
}
