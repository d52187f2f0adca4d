package io.httptrace.client.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a subscriber gets, when, and what is read for it. */
class ResponseDeliveryTest extends Reading {
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
}
