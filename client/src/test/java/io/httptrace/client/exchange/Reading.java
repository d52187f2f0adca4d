package io.httptrace.client.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.body.ContentDecoder;
import io.httptrace.client.body.Delivery;
import io.httptrace.client.exchange.ResponseDelivery.Next;
import io.httptrace.client.http.ResponseHead;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The delivery of a response, its subscriber and its source, and a log of what they do. */
abstract class Reading {
  final List<String> log = new ArrayList<>();
  final Subscriber subscriber = new Subscriber();
  final Source source = new Source();
  final Reader reader = reader(null);

  final Reader reader(@Nullable ContentDecoder decoder) {
    return new Reader(new Delivery(subscriber, decoder));
  }

  /** Drives a delivery as an exchange does, and logs what that needs. */
  final class Reader implements Flow.Subscription {
    private final ResponseDelivery delivery;

    /** Runs when an error that was given to the delivery has been dealt with. */
    private @Nullable Runnable over;

    Reader(Delivery to) {
      ResponseHead head = new ResponseHead(200, "HTTP/1.1", List.of(), true, true);
      delivery = new ResponseDelivery(head, new Owner(to), this);
    }

    void start() {
      proceed(delivery.advance());
    }

    void offer(ByteBuffer content) {
      delivery.offer(content);
    }

    void end() {
      delivery.end();
    }

    void flush() {
      proceed(delivery.readComplete());
    }

    void fail(Throwable error, boolean atOnce, Runnable then) {
      over = then;
      proceed(delivery.fail(error, atOnce));
    }

    void hurry() {
      proceed(delivery.hurry());
    }

    long delivered() {
      return delivery.delivered();
    }

    @Override
    public void request(long n) {
      delivery.request(n);
      if (!delivery.isCalling()) {
        proceed(delivery.advance());
      }
    }

    @Override
    public void cancel() {
      proceed(delivery.cancel());
    }

    private void proceed(Next first) {
      Next next = first;
      while (next == Next.WANTS_MORE) {
        log.add("read");
        next = delivery.advance();
      }
      switch (next) {
        case AT_END -> {
          log.add("ending");
          source.hold(source.holdsEnd, () -> proceed(delivery.settled()));
        }
        case END_UNASKED -> {
          log.add("idle");
          source.hold(true, () -> proceed(delivery.endUnasked()));
        }
        case CANCELLED -> log.add("cancelled");
        case BROKEN -> {
          if (over == null) {
            log.add("failed " + delivery.error().getMessage());
          } else {
            over.run();
          }
        }
        default -> {}
      }
    }
  }

  /** Gives the response to the subscriber. */
  record Owner(Delivery to) implements ExchangeOwner {
    @Override
    public Delivery respond(ResponseHead head) {
      return to;
    }

    @Override
    public boolean takesConnection() {
      return false;
    }

    @Override
    public void failed(ExchangeFailure failure) {}

    @Override
    public Throwable bodyError(ExchangeFailure failure) {
      return failure.error();
    }

    @Override
    public void bodyFailed(Throwable error) {}

    @Override
    public void delivered() {}
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

  /** An end is let through at once unless it is held. */
  static final class Source {
    boolean holdsEnd;
    private @Nullable Runnable held;

    private void hold(boolean holds, Runnable proceed) {
      if (holds) {
        held = proceed;
      } else {
        proceed.run();
      }
    }

    Runnable held() {
      return requireNonNull(held);
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
