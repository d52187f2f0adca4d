package io.httptrace.client.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.hooks.Strand;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a subscriber gets, when, and what is read for it. */
class SubscriberReaderTest {
  private final List<String> log = new ArrayList<>();
  private final Subscriber subscriber = new Subscriber();
  private final Source source = new Source();
  private final SubscriberReader reader = reader(null);

  private SubscriberReader reader(@Nullable ContentDecoder decoder) {
    return new SubscriberReader(
        new Strand(Runnable::run), new Delivery(subscriber, decoder), source);
  }

  /** Logs what it gets; what it does besides is set by the test. */
  private final class Subscriber implements BodySubscriber<String> {
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
  private final class Source implements SubscriberReader.Source {
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

  private void offer(String... pieces) {
    for (String piece : pieces) {
      reader.offer(ByteBuffer.wrap(piece.getBytes(UTF_8)));
    }
    reader.flush();
  }

  private void end() {
    reader.end();
    reader.flush();
  }

  @Test
  void nothingIsReadThatIsNotAskedFor() {
    reader.start();
    assertThat(log).containsExactly("subscribed");
    subscriber.request(1);
    assertThat(log).containsExactly("subscribed", "read");
  }

  @Test
  void oneItemIsGivenForEachThatIsAskedFor() {
    reader.start();
    subscriber.request(1);
    offer("a", "b", "c");
    assertThat(log).containsExactly("subscribed", "read", "a");
    subscriber.request(1);
    assertThat(log).containsExactly("subscribed", "read", "a", "b");
  }

  @Test
  void moreIsReadWhileWhatIsThereIsGivenIfMoreIsAskedFor() {
    reader.start();
    subscriber.request(2);
    offer("a");
    assertThat(log).containsExactly("subscribed", "read", "read", "a");
  }

  @Test
  void whileOneReadIsUnderWayThereIsNoOther() {
    reader.start();
    subscriber.request(1);
    subscriber.request(1);
    subscriber.request(1);
    assertThat(log).containsExactly("subscribed", "read");
  }

  @Test
  void aReadThatBroughtNothingIsRepeated() {
    reader.start();
    subscriber.request(1);
    reader.flush();
    assertThat(log).containsExactly("subscribed", "read", "read");
  }

  @Test
  void whoAsksForEverythingGetsEverything() {
    subscriber.on =
        event -> {
          if (event.equals("subscribed")) {
            subscriber.request(Long.MAX_VALUE);
            subscriber.request(Long.MAX_VALUE);
          }
        };
    reader.start();
    offer("a", "b");
    end();

    assertThat(log)
        .filteredOn(event -> !event.equals("read"))
        .containsExactly("subscribed", "a", "b", "ending", "complete");
    assertThat(reader.delivered()).isEqualTo(2);
  }

  @Test
  void whoAsksForOneMoreFromInsideGetsOneAfterTheOther() {
    subscriber.on =
        event -> {
          if (!event.equals("complete")) {
            subscriber.request(1);
          }
        };
    reader.start();
    offer("a", "b", "c");
    end();

    assertThat(log)
        .filteredOn(event -> !event.equals("read"))
        .containsExactly("subscribed", "a", "b", "c", "ending", "complete");
  }

  @Test
  void theEndIsSettledBeforeTheLastPieceIsGiven() {
    source.holdsEnd = true;
    reader.start();
    subscriber.request(2);
    reader.offer(ByteBuffer.wrap("last".getBytes(UTF_8)));
    end();
    assertThat(log).containsExactly("subscribed", "read", "ending");
    assertThat(reader.delivered()).as("counted at the end").isEqualTo(4);
    source.held().run();
    assertThat(log).containsExactly("subscribed", "read", "ending", "last", "complete");
  }

  @Test
  void anEndThatIsNotAskedForComesAfterAWhile() {
    reader.start();
    subscriber.request(1);
    offer("a");
    end();
    assertThat(log).containsExactly("subscribed", "read", "a", "idle");
    source.held().run();
    assertThat(log).containsExactly("subscribed", "read", "a", "idle", "ending", "complete");
  }

  @Test
  void anEndThatIsAskedForInTheMeantimeComesAtOnceAndOnce() {
    reader.start();
    subscriber.request(1);
    offer("a");
    end();
    Runnable afterAWhile = source.held();
    subscriber.request(1);
    assertThat(log).containsExactly("subscribed", "read", "a", "idle", "ending", "complete");
    afterAWhile.run();
    assertThat(log).hasSize(6);
  }

  @Test
  void anEmptyBodyEndsWithoutDemandToo() {
    reader.start();
    end();
    assertThat(log).containsExactly("subscribed", "idle");
    source.held().run();
    assertThat(log).containsExactly("subscribed", "idle", "ending", "complete");
  }

  @Test
  void cancelEndsItAndNothingFollows() {
    reader.start();
    subscriber.request(5);
    offer("a");
    subscriber.cancel();
    subscriber.cancel();
    subscriber.request(1);
    offer("b");
    end();
    reader.fail(new IOException("late"), false, () -> log.add("over"));

    assertThat(log).containsExactly("subscribed", "read", "read", "a", "cancelled", "over");
  }

  @Test
  void cancelFromInside() {
    subscriber.on =
        event -> {
          if (event.equals("a")) {
            subscriber.cancel();
          }
        };
    reader.start();
    subscriber.request(5);
    offer("a", "b");

    assertThat(log).last().isEqualTo("cancelled");
    assertThat(log).doesNotContain("b");
  }

  @Test
  void cancelWhenSubscribed() {
    subscriber.on = event -> subscriber.cancel();
    reader.start();
    offer("a");

    assertThat(log).containsExactly("subscribed", "cancelled");
  }

  @Test
  void cancelWhileTheEndIsBeingSettledIsNoCancellationAnyMore() {
    source.holdsEnd = true;
    reader.start();
    subscriber.request(2);
    end();
    subscriber.cancel();
    source.held().run();

    assertThat(log).containsExactly("subscribed", "read", "ending");
  }

  @Test
  void demandThatIsNotPositiveIsAnError() {
    for (long n : new long[] {0, -1}) {
      log.clear();
      SubscriberReader each = reader(null);
      each.start();
      subscriber.request(n);
      subscriber.request(1);

      assertThat(log)
          .containsExactly(
              "subscribed",
              "error non-positive subscription request: " + n,
              "failed non-positive subscription request: " + n);
    }
  }

  @Test
  void demandThatIsNotPositiveFromInside() {
    subscriber.on =
        event -> {
          if (event.equals("a")) {
            subscriber.request(0);
          }
        };
    reader.start();
    subscriber.request(5);
    offer("a", "b");

    assertThat(log)
        .containsExactly(
            "subscribed",
            "read",
            "read",
            "a",
            "error non-positive subscription request: 0",
            "failed non-positive subscription request: 0");
  }

  private void throwsIn(String where) {
    subscriber.on =
        event -> {
          if (event.equals(where)) {
            throw new IllegalStateException("thrown");
          }
        };
  }

  @Test
  void aSubscriberThatThrowsInOnNextIsToldAndNothingFollows() {
    throwsIn("a");
    reader.start();
    subscriber.request(5);
    offer("a", "b");
    end();

    assertThat(log)
        .containsExactly("subscribed", "read", "read", "a", "error thrown", "failed thrown");
  }

  @Test
  void aSubscriberThatThrowsInOnSubscribe() {
    throwsIn("subscribed");
    reader.start();
    offer("a");

    assertThat(log).containsExactly("subscribed", "error thrown", "failed thrown");
  }

  @Test
  void aSubscriberThatThrowsInOnErrorIsLeftAlone() {
    throwsIn("error lost");
    reader.start();
    reader.fail(new IOException("lost"), true, () -> log.add("over"));

    assertThat(log).containsExactly("subscribed", "error lost", "over");
  }

  @Test
  void aSubscriberThatThrowsInOnCompleteHasFailed() {
    throwsIn("complete");
    reader.start();
    subscriber.request(1);
    end();

    assertThat(log)
        .containsExactly(
            "subscribed", "read", "ending", "complete", "error thrown", "failed thrown");
  }

  @Test
  void aSubscriberThatThrowsTwiceIsToldOnce() {
    subscriber.on =
        event -> {
          if (!event.equals("subscribed")) {
            throw new IllegalStateException("thrown");
          }
        };
    reader.start();
    subscriber.request(5);
    offer("a");

    assertThat(log)
        .containsExactly("subscribed", "read", "read", "a", "error thrown", "failed thrown");
  }

  private void fail(boolean atOnce) {
    reader.fail(new IOException("lost"), atOnce, () -> log.add("over"));
  }

  @Test
  void anErrorAtOnceTakesThePlaceOfWhatHasNotBeenGiven() {
    reader.start();
    subscriber.request(1);
    offer("a", "b");
    fail(true);
    subscriber.request(1);

    assertThat(log).containsExactly("subscribed", "read", "a", "error lost", "over");
    assertThat(reader.delivered()).isEqualTo(1);
  }

  @Test
  void anErrorWaitsForWhatCameBeforeItToBeTaken() {
    reader.start();
    subscriber.request(1);
    offer("a", "b", "c");
    fail(false);
    subscriber.request(1);
    subscriber.request(1);

    assertThat(log).containsExactly("subscribed", "read", "a", "b", "c", "error lost", "over");
    assertThat(reader.delivered()).isEqualTo(3);
  }

  @Test
  void anErrorAfterEverythingHasBeenTakenIsNotAskedFor() {
    reader.start();
    subscriber.request(1);
    offer("a");
    fail(false);

    assertThat(log).containsExactly("subscribed", "read", "a", "error lost", "over");
  }

  @Test
  void anErrorThatWaitsComesAtOnceInAHurry() {
    reader.start();
    offer("a");
    fail(false);
    reader.hurry();
    reader.hurry();
    subscriber.request(1);

    assertThat(log).containsExactly("subscribed", "error lost", "over");
  }

  @Test
  void whoCancelsIsNotToldOfAnErrorThatWaits() {
    reader.start();
    offer("a");
    fail(false);
    subscriber.cancel();
    subscriber.request(1);

    assertThat(log).containsExactly("subscribed", "over");
  }

  @Test
  void aSubscriberThatThrowsWhileAnErrorWaitsIsToldWhatItThrew() {
    throwsIn("a");
    reader.start();
    offer("a", "b");
    fail(false);
    subscriber.request(1);

    assertThat(log).containsExactly("subscribed", "a", "error thrown", "over");
  }

  @Test
  void anErrorWhileTheEndIsBeingSettled() {
    source.holdsEnd = true;
    reader.start();
    subscriber.request(2);
    end();
    fail(false);
    source.held().run();

    assertThat(log).containsExactly("subscribed", "read", "ending", "error lost", "over");
  }

  /** Doubles each byte, and takes {@code !} for broken input. */
  private static final class Doubling implements ContentDecoder {
    boolean closed;
    boolean incomplete;

    @Override
    public void decode(ByteBuffer input, Consumer<ByteBuffer> output) throws IOException {
      byte next = input.get();
      if (next == '!') {
        throw new IOException("broken");
      }
      output.accept(ByteBuffer.wrap(new byte[] {next, next}));
    }

    @Override
    public void end() throws IOException {
      if (incomplete) {
        throw new IOException("incomplete");
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private void decoding(Doubling decoder, String input, boolean ends) {
    SubscriberReader decoded = reader(decoder);
    decoded.start();
    subscriber.request(Long.MAX_VALUE);
    decoded.offer(ByteBuffer.wrap(input.getBytes(UTF_8)));
    decoded.flush();
    if (ends) {
      decoded.end();
      decoded.flush();
    }
    log.removeIf(event -> event.equals("read"));
  }

  @Test
  void aDecoderStandsBetween() {
    Doubling decoder = new Doubling();
    decoding(decoder, "abc", true);

    assertThat(log).containsExactly("subscribed", "aa", "bb", "cc", "ending", "complete");
    assertThat(decoder.closed).isTrue();
  }

  @Test
  void aDecoderIsAskedForNoMoreThanTheSubscriberAsks() {
    SubscriberReader decoded = reader(new Doubling());
    decoded.start();
    subscriber.request(1);
    decoded.offer(ByteBuffer.wrap("abc".getBytes(UTF_8)));
    decoded.flush();

    assertThat(log).containsExactly("subscribed", "read", "aa");
  }

  @Test
  void brokenCodingFailsTheBody() {
    Doubling decoder = new Doubling();
    decoding(decoder, "a!c", true);

    assertThat(log).containsExactly("subscribed", "aa", "error broken", "failed broken");
    assertThat(decoder.closed).isTrue();
  }

  @Test
  void incompleteCodingFailsTheBody() {
    Doubling decoder = new Doubling();
    decoder.incomplete = true;
    decoding(decoder, "a", true);

    assertThat(log).containsExactly("subscribed", "aa", "error incomplete", "failed incomplete");
  }
}
