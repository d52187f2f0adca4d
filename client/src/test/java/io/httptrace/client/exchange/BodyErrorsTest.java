package io.httptrace.client.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Subscribers that break the rules, and bodies that end with an error. */
class BodyErrorsTest extends Reading {
  @Test
  void demandThatIsNotPositiveIsAnError() {
    for (long n : new long[] {0, -1}) {
      log.clear();
      Reader each = reader(null);
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
}
