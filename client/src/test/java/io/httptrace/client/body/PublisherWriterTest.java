package io.httptrace.client.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.concurrent.Strand;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a publisher is asked for, and what becomes of what it gives. */
class PublisherWriterTest {
  private final List<String> log = new ArrayList<>();
  private final Publisher publisher = new Publisher();

  private PublisherWriter writer(long length) {
    return writer(publisher, length);
  }

  private PublisherWriter writer(BodyPublisher from, long length) {
    return new PublisherWriter(
        from,
        length,
        new Strand(Runnable::run),
        new PublisherWriter.Sink() {
          @Override
          public void content(List<ByteBuffer> content) {
            log.add(
                content.stream()
                    .map(each -> UTF_8.decode(each.duplicate()).toString())
                    .collect(Collectors.joining(",")));
          }

          @Override
          public void complete() {
            log.add("complete");
          }

          @Override
          public void failed(Throwable error) {
            log.add("failed " + error.getMessage());
          }
        });
  }

  /** A publisher that is driven by hand. */
  private final class Publisher implements BodyPublisher, Flow.Subscription {
    Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    Consumer<Flow.Subscriber<? super ByteBuffer>> onSubscribe = given -> given.onSubscribe(this);

    @Override
    public long contentLength() {
      return -1;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
      subscriber = given;
      onSubscribe.accept(given);
    }

    @Override
    public void request(long n) {
      log.add("request " + n);
    }

    @Override
    public void cancel() {
      log.add("cancel");
    }

    Flow.Subscriber<? super ByteBuffer> subscriber() {
      return requireNonNull(subscriber);
    }

    void give(String text) {
      subscriber().onNext(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    void complete() {
      subscriber().onComplete();
    }
  }

  @Test
  void oneBufferAfterTheOtherAsTheyAreWritten() {
    PublisherWriter writer = writer(-1);
    writer.start();
    publisher.give("a");
    assertThat(log).containsExactly("request 1", "a");
    writer.written();
    publisher.give("b");
    writer.written();
    publisher.complete();

    assertThat(log).containsExactly("request 1", "a", "request 1", "b", "request 1", "complete");
    assertThat(writer.count()).isEqualTo(2);
  }

  /** The JDK's publishers cut what is long to buffers of 16 KiB. */
  private static String letters(String each) {
    return each.chars()
        .mapToObj(letter -> Character.toString(letter).repeat(1 << 14))
        .collect(Collectors.joining());
  }

  private void assertWritten(String... buffers) {
    assertThat(log.stream().map(line -> line.replaceAll("(.)\\1+", "$1"))).containsExactly(buffers);
  }

  @Test
  void whatIsAllInMemoryGoesOutInSeveralBuffersAtATime() {
    BodyPublisher inMemory = BodyPublishers.ofString(letters("abcdefghi"));
    PublisherWriter writer = writer(inMemory, inMemory.contentLength());
    writer.start();
    assertWritten("a,b,c,d");
    writer.written();
    writer.written();
    writer.written();
    assertWritten("a,b,c,d");
    writer.written();
    for (int i = 0; i < 4; i++) {
      writer.written();
    }

    assertWritten("a,b,c,d", "e,f,g,h", "i", "complete");
  }

  @Test
  void whatIsAllInMemoryCanBeginWithTheHead() {
    BodyPublisher inMemory = BodyPublishers.ofString(letters("abcdef"));
    PublisherWriter writer = writer(inMemory, inMemory.contentLength());

    assertThat(writer.begin()).extracting(ByteBuffer::remaining).containsOnly(1 << 14).hasSize(4);
    assertThat(log).isEmpty();
    for (int i = 0; i < 4; i++) {
      writer.written();
    }
    assertWritten("e,f", "complete");
    assertThat(writer.count()).isEqualTo(6 << 14);
  }

  @Test
  void theExactLengthIsComplete() {
    PublisherWriter writer = writer(3);
    writer.start();
    publisher.give("abc");
    publisher.complete();

    assertThat(log).containsExactly("request 1", "abc", "complete");
  }

  @Test
  void anEmptyBufferIsNotWrittenAndTheNextAskedFor() {
    PublisherWriter writer = writer(-1);
    writer.start();
    publisher.give("");

    assertThat(log).containsExactly("request 1", "request 1");
  }

  @Test
  void tooManyBytesAreAnErrorAndThePublisherIsCancelled() {
    PublisherWriter writer = writer(3);
    writer.start();
    publisher.give("ab");
    writer.written();
    publisher.give("cd");
    publisher.complete();
    writer.written();

    assertThat(log)
        .containsExactly(
            "request 1",
            "ab",
            "request 1",
            "failed Too many bytes in request body. Expected: 3, got: 4",
            "cancel");
  }

  @Test
  void tooFewBytesAreAnError() {
    PublisherWriter writer = writer(3);
    writer.start();
    publisher.give("ab");
    publisher.complete();

    assertThat(log)
        .containsExactly("request 1", "ab", "failed Too few bytes returned by the publisher (2/3)");
  }

  @Test
  void anErrorOfThePublisherIsPassedOnOnce() {
    PublisherWriter writer = writer(-1);
    writer.start();
    publisher.subscriber().onError(new IllegalStateException("broken"));
    publisher.subscriber().onError(new IllegalStateException("again"));
    publisher.complete();
    publisher.give("late");

    assertThat(log).containsExactly("request 1", "failed broken");
  }

  @Test
  void aPublisherThatThrows() {
    publisher.onSubscribe =
        given -> {
          throw new IllegalStateException("not now");
        };
    writer(-1).start();

    assertThat(log).containsExactly("failed not now");
  }

  @Test
  void aSubscriptionThatThrows() {
    publisher.onSubscribe =
        given ->
            given.onSubscribe(
                new Flow.Subscription() {
                  @Override
                  public void request(long n) {
                    throw new IllegalStateException("cannot");
                  }

                  @Override
                  public void cancel() {}
                });
    writer(-1).start();

    assertThat(log).containsExactly("failed cannot");
  }

  @Test
  void aSecondSubscriptionIsCancelled() {
    PublisherWriter writer = writer(-1);
    writer.start();
    publisher.subscriber().onSubscribe(publisher);

    assertThat(log).containsExactly("request 1", "cancel");
  }

  @Test
  void cancelIsPassedOnOnceAndNothingFollows() {
    PublisherWriter writer = writer(-1);
    writer.start();
    writer.cancel();
    writer.cancel();
    publisher.give("late");
    publisher.complete();
    writer.written();

    assertThat(log).containsExactly("request 1", "cancel");
  }

  @Test
  void cancelBeforeTheStartSubscribesToNothing() {
    PublisherWriter writer = writer(-1);
    writer.cancel();
    writer.start();

    assertThat(publisher.subscriber).isNull();
    assertThat(log).isEmpty();
  }

  @Test
  void cancelBeforeTheSubscriptionCame() {
    publisher.onSubscribe = given -> {};
    PublisherWriter writer = writer(-1);
    writer.start();
    writer.cancel();
    publisher.subscriber().onSubscribe(publisher);

    assertThat(log).containsExactly("cancel");
  }

  @Test
  void cancelAfterTheEndDoesNothing() {
    PublisherWriter writer = writer(-1);
    writer.start();
    publisher.complete();
    writer.cancel();

    assertThat(log).containsExactly("request 1", "complete");
  }
}
