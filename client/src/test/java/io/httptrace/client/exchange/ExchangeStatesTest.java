package io.httptrace.client.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.body.Delivery;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.exchange.RequestWriter.State;
import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.netty.TestClock;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Which states of the request occur with which phases of the response: all ways through an exchange
 * that a codec, a subscriber, a publisher, timers and a caller can lead, up to a length.
 */
class ExchangeStatesTest {
  private static final int LONGEST_WAY = 7;

  /** What can happen to an exchange, from outside. */
  private enum Event {
    HEAD_WRITTEN,
    REQUEST_WRITTEN,
    WRITE_FAILED,
    PUBLISHER_FAILED,
    FIRST_BYTE,
    CONTINUE,
    HEAD,
    END,
    DEMAND,
    CANCEL,
    LATER,
    FAILED,
    ABORT
  }

  /** How the body goes out. */
  private enum Upload {
    /** After the head. */
    APART,
    /** When the server has agreed. */
    AGREED,
    /** With the head, as all of it is in memory. */
    WITH_HEAD
  }

  private final Map<ResponsePhase, Set<State>> seen = new EnumMap<>(ResponsePhase.class);

  @Test
  void thoseThatAreInTheTableAndNoOthers() {
    for (Upload upload : Upload.values()) {
      walk(new ArrayList<>(), upload);
    }

    Set<State> open =
        EnumSet.of(
            State.WRITING_HEAD,
            State.AWAITING_CONTINUE,
            State.WRITING_BODY,
            State.WRITTEN,
            State.FAILED);
    Set<State> settled = EnumSet.of(State.WRITTEN, State.LEFT_UNSENT, State.FAILED);
    assertThat(seen)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                ResponsePhase.NEW,
                EnumSet.of(State.WRITING_HEAD),
                ResponsePhase.AWAITING_RESPONSE,
                open,
                ResponsePhase.RECEIVING_HEAD,
                open,
                ResponsePhase.RECEIVING_BODY,
                EnumSet.allOf(State.class),
                ResponsePhase.RECEIVED,
                EnumSet.allOf(State.class),
                ResponsePhase.ENDED,
                settled));
  }

  /** Goes all ways that begin so. */
  private void walk(List<Event> way, Upload upload) {
    Run run = new Run(upload);
    note(run);
    run.exchange.begin();
    run.drain();
    note(run);
    for (Event event : way) {
      run.on(event);
      note(run);
    }
    boolean over = run.exchange.phase() == ResponsePhase.ENDED;
    if (way.size() < LONGEST_WAY && !over) {
      for (Event next : Event.values()) {
        if (run.possible(next)) {
          way.add(next);
          walk(way, upload);
          way.remove(way.size() - 1);
        }
      }
    }
    if (over) {
      assertThat(run.codec.isReleased()).as("let go of the connection after %s", way).isTrue();
      ExchangeFailure failure = run.failure;
      if (failure != null && way.contains(Event.HEAD_WRITTEN) && !way.contains(Event.ABORT)) {
        assertThat(failure.written()).as("known to have been written after %s", way).isTrue();
      }
    }
  }

  private void note(Run run) {
    seen.computeIfAbsent(run.exchange.phase(), phase -> EnumSet.noneOf(State.class))
        .add(run.exchange.upload().state());
  }

  /** One exchange, and what has happened to it. */
  private static final class Run implements BodySubscriber<String>, ExchangeOwner {
    private final TestClock clock = new TestClock();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final FakeConnection codec;
    private final Set<Event> happened = EnumSet.noneOf(Event.class);
    private final Exchange exchange;
    private Flow.@Nullable Subscription subscription;
    private Flow.@Nullable Subscriber<? super ByteBuffer> publishing;

    private @Nullable ExchangeFailure failure;

    Run(Upload upload) {
      codec = new FakeConnection(upload == Upload.WITH_HEAD);
      ExchangeContext context =
          new ExchangeContext(
              new Strand(tasks::add),
              Runnable::run,
              RequestTrace.NONE,
              clock,
              new ExchangeSettings(1_000_000_000, 0, 10, 1 << 20));
      boolean expectContinue = upload == Upload.AGREED;
      RequestHead head = new RequestHead("POST", "/", List.of(), 4, expectContinue, true);
      exchange =
          new Exchange(
              context,
              head,
              upload == Upload.WITH_HEAD ? BodyPublishers.ofString("body") : new Publisher(),
              codec.lease(clock),
              this);
    }

    @Override
    public Delivery respond(ResponseHead head) {
      return new Delivery(this, null);
    }

    @Override
    public boolean takesConnection() {
      return false;
    }

    @Override
    public void failed(ExchangeFailure told) {
      failure = told;
    }

    @Override
    public Throwable bodyError(ExchangeFailure told) {
      return told.error();
    }

    @Override
    public void bodyFailed(Throwable error) {}

    @Override
    public void delivered() {}

    ExchangeCodec.Listener listener() {
      return codec.listener();
    }

    /** Whether an event can come next, by the rules of those it comes from. */
    boolean possible(Event event) {
      boolean responded = happened.contains(Event.HEAD);
      return switch (event) {
        case HEAD_WRITTEN, FIRST_BYTE, FAILED, ABORT -> !happened.contains(event);
        case REQUEST_WRITTEN, WRITE_FAILED ->
            happened.contains(Event.HEAD_WRITTEN)
                && !happened.contains(Event.REQUEST_WRITTEN)
                && !happened.contains(Event.WRITE_FAILED);
        case PUBLISHER_FAILED -> publishing != null && !happened.contains(event);
        case CONTINUE, HEAD ->
            happened.contains(Event.FIRST_BYTE) && !responded && !happened.contains(event);
        case END -> responded && !happened.contains(event);
        case DEMAND, CANCEL -> subscription != null && !happened.contains(event);
        case LATER -> clock.timers() > 0;
      };
    }

    void on(Event event) {
      happened.add(event);
      switch (event) {
        case HEAD_WRITTEN -> listener().headWritten();
        case REQUEST_WRITTEN -> listener().requestWritten();
        case WRITE_FAILED -> listener().writeFailed(new IOException("broken pipe"));
        case PUBLISHER_FAILED -> requireNonNull(publishing).onError(new IOException("file"));
        case FIRST_BYTE -> listener().firstByte();
        case CONTINUE -> listener().informational(head(100));
        case HEAD -> listener().head(head(200));
        case END -> listener().end(HttpHeaders.of(Map.of(), (name, value) -> true));
        case DEMAND -> requireNonNull(subscription).request(1);
        case CANCEL -> requireNonNull(subscription).cancel();
        case LATER -> clock.advanceMillis(2_000);
        case FAILED -> listener().failed(new IOException("lost"));
        case ABORT -> exchange.abort(new IOException("stopped"));
      }
      listener().readComplete();
      drain();
    }

    private static ResponseHead head(int status) {
      return new ResponseHead(status, "HTTP/1.1", List.of(), true, true);
    }

    void drain() {
      for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
        next.run();
      }
    }

    @Override
    public CompletionStage<String> getBody() {
      return new CompletableFuture<>();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(List<ByteBuffer> item) {}

    @Override
    public void onError(Throwable throwable) {}

    @Override
    public void onComplete() {}

    /** Never has anything, but may fail. */
    private final class Publisher implements BodyPublisher {
      @Override
      public long contentLength() {
        return "body".getBytes(UTF_8).length;
      }

      @Override
      public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        publishing = subscriber;
        subscriber.onSubscribe(
            new Flow.Subscription() {
              @Override
              public void request(long n) {}

              @Override
              public void cancel() {}
            });
      }
    }
  }
}
