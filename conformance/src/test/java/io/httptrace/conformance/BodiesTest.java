package io.httptrace.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.body.PublishedBody;
import io.httptrace.conformance.body.RequestBody;
import io.httptrace.conformance.error.BodyFailedException;
import io.httptrace.conformance.time.Gate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bodies of requests as streams and as publishers, and bodies of responses that are published. */
final class BodiesTest {
  private static final byte[] TEN = "0123456789".getBytes(US_ASCII);

  @Test
  void replayableBodyCanBeTakenTwiceEitherWay() throws IOException {
    RequestBody body = RequestBody.of(TEN).build();
    assertThat(body.length()).isEqualTo(10);
    assertThat(body.open().readAllBytes()).isEqualTo(TEN);
    assertThat(Taker.of(body).text).isEqualTo("0123456789");
    assertThat(Taker.of(body).completed).isTrue();
  }

  @Test
  void otherBodyCanBeTakenOnce() {
    RequestBody body = RequestBody.of(TEN).onlyOnce().unknownLength().build();
    assertThat(body.length()).isEqualTo(-1);
    assertThat(Taker.of(body).completed).isTrue();
    assertThat(Taker.of(body).error).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(body::open).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void bodyFailsAtItsPlace() throws IOException {
    RequestBody body = RequestBody.of(TEN).failAfter(4).build();
    Taker taker = Taker.of(body);
    assertThat(taker.text).isEqualTo("0123");
    assertThat(taker.error).isInstanceOf(BodyFailedException.class);
    InputStream stream = body.open();
    assertThat(stream.readNBytes(4)).asString().isEqualTo("0123");
    assertThatThrownBy(stream::read).isInstanceOf(BodyFailedException.class);
  }

  @Test
  void bodyPausesAtItsPlaceWithoutBlocking() {
    Gate gate = new Gate();
    Taker taker = Taker.of(RequestBody.of(TEN).pauseAfter(3, gate).build());
    assertThat(taker.text).isEqualTo("012");
    assertThat(taker.completed).isFalse();
    gate.open();
    assertThat(taker.text).isEqualTo("0123456789");
    assertThat(taker.completed).isTrue();
  }

  @Test
  void nothingIsPublishedWithoutDemand() {
    Taker taker = new Taker(0);
    RequestBody.of(TEN).build().publisher().subscribe(taker);
    assertThat(taker.text).isEmpty();
  }

  @Test
  void publishedBodyAsksOnlyWhenItIsRead() throws IOException {
    List<Long> demands = new ArrayList<>();
    PublishedBody body =
        PublishedBody.of(
            subscriber ->
                subscriber.onSubscribe(
                    new Flow.Subscription() {
                      @Override
                      public void request(long n) {
                        demands.add(n);
                        if (demands.size() == 1) {
                          subscriber.onNext(List.of(ByteBuffer.wrap(TEN)));
                        } else {
                          subscriber.onComplete();
                        }
                      }

                      @Override
                      public void cancel() {}
                    }));
    assertThat(demands).isEmpty();
    assertThat(body.read()).isEqualTo('0');
    assertThat(body.readNBytes(9)).hasSize(9);
    assertThat(demands).containsExactly(1L);
    assertThat(body.read()).isEqualTo(-1);
    assertThat(demands).containsExactly(1L, 1L);
  }

  @Test
  void publishedBodyFailsWithThePublishersException() {
    try (SubmissionPublisher<List<ByteBuffer>> publisher =
        new SubmissionPublisher<>(Runnable::run, 8)) {
      PublishedBody body = PublishedBody.of(publisher);
      publisher.closeExceptionally(new BodyFailedException());
      assertThatThrownBy(body::read).isInstanceOf(BodyFailedException.class);
    }
  }

  private static final class Taker implements Flow.Subscriber<ByteBuffer> {
    private final long demand;
    private String text = "";
    private @Nullable Throwable error;
    private boolean completed;

    Taker(long demand) {
      this.demand = demand;
    }

    static Taker of(RequestBody body) {
      Taker taker = new Taker(Long.MAX_VALUE);
      body.publisher().subscribe(taker);
      return taker;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      if (demand > 0) {
        subscription.request(demand);
      }
    }

    @Override
    public void onNext(ByteBuffer item) {
      text += US_ASCII.decode(item);
    }

    @Override
    public void onError(Throwable cause) {
      error = cause;
    }

    @Override
    public void onComplete() {
      completed = true;
    }
  }
}
