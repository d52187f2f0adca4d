package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.concurrent.SystemClock;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All connections need the poller: whatever one of them throws, the others are heard. */
class PollerTest {
  private final Gate ended = new Gate();
  private final SystemClock clock = new SystemClock("timer");
  private final Poller poller = new Poller("poller", clock, Runnable::run, ended::open);
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void end() throws InterruptedException {
    clock.close();
    poller.stop();
    assertThat(ended.await(Waiting.LIMIT)).isTrue();
  }

  /** Hears once, and throws an error where it is told to. */
  private class Heard implements Poller.Source {
    private final String name;
    private final String throwing;

    Heard(String name, String throwing) {
      this.name = name;
      this.throwing = throwing;
    }

    @Override
    public boolean heard(SelectionKey key, LongSupplier now) {
      key.interestOps(0);
      reach("heard");
      return true;
    }

    @Override
    public void dealWith() {
      heard.add(name);
      reach("dealWith");
    }

    @Override
    public void tick() {
      poller.unwatch(this);
      reach("tick");
    }

    private void reach(String place) {
      if (place.equals(throwing)) {
        heard.add(name + " throws");
        throw new LinkageError(name);
      }
    }
  }

  private Pipe ready(Poller.Source source) throws IOException {
    return ready(source, poller);
  }

  private static Pipe ready(Poller.Source source, Poller poller) throws IOException {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));
    poller.register(pipe.source(), source).interestOps(SelectionKey.OP_READ);
    poller.changed();
    return pipe;
  }

  private static void close(Pipe pipe) throws IOException {
    pipe.source().close();
    pipe.sink().close();
  }

  private String next() throws InterruptedException {
    return heard.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"heard", "dealWith"})
  void aConnectionThatThrowsAnErrorIsHeardOnceAndDoesNotSilenceTheNext(String place)
      throws Exception {
    try (CapturedLog log = CapturedLog.of(Poller.class)) {
      Pipe bad = ready(new Heard("bad", place));
      if (place.equals("dealWith")) {
        assertThat(next()).isEqualTo("bad");
      }
      assertThat(next()).isEqualTo("bad throws");
      Pipe good = ready(new Heard("good", "nowhere"));
      assertThat(next()).isEqualTo("good");
      close(bad);
      close(good);

      assertThat(log.lines())
          .containsExactly("SEVERE connection failed: java.lang.LinkageError: bad");
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void aConnectionThatThrowsAnErrorInATickDoesNotSilenceTheNext() throws Exception {
    try (CapturedLog log = CapturedLog.of(Poller.class)) {
      poller.watch(new Heard("bad", "tick"));
      assertThat(next()).isEqualTo("bad throws");
      Pipe good = ready(new Heard("good", "nowhere"));
      assertThat(next()).isEqualTo("good");
      close(good);

      assertThat(log.lines())
          .containsExactly("SEVERE connection failed: java.lang.LinkageError: bad");
    }
  }

  @Test
  void aLogThatThrowsDoesNotEndThePoller() throws Exception {
    try (CapturedLog log = CapturedLog.throwing(Poller.class)) {
      Pipe bad = ready(new Heard("bad", "heard"));
      assertThat(next()).isEqualTo("bad throws");
      Pipe good = ready(new Heard("good", "nowhere"));
      assertThat(next()).isEqualTo("good");
      close(bad);
      close(good);

      assertThat(log.lines()).hasSize(1);
    }
  }

  /** Asks when it was heard, if it wants to know; the first to be dealt with does something. */
  private final class Asking implements Poller.Source {
    private final boolean asks;
    private final AtomicReference<Callable<?>> first;
    private volatile long at;

    Asking(boolean asks, AtomicReference<Callable<?>> first) {
      this.asks = asks;
      this.first = first;
    }

    @Override
    public boolean heard(SelectionKey key, LongSupplier now) {
      key.interestOps(0);
      at = asks ? now.getAsLong() : 0;
      heard.add("heard");
      return true;
    }

    @Override
    public void dealWith() {
      Callable<?> action = first.getAndSet(null);
      try {
        if (action != null) {
          action.call();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      heard.add("dealt with");
    }

    @Override
    public void tick() {}
  }

  /** Has sources heard in one go: the poller is busy while they become ready. */
  private List<Pipe> readyTogether(Poller.Source... sources) throws Exception {
    Gate busy = new Gate();
    Gate all = new Gate();
    List<Pipe> pipes = new ArrayList<>();
    AtomicReference<Callable<?>> waiting = new AtomicReference<>();
    waiting.set(
        () -> {
          busy.open();
          return all.await(Waiting.LIMIT);
        });
    pipes.add(ready(new Asking(false, waiting)));
    assertThat(busy.await(Waiting.LIMIT)).isTrue();
    for (Poller.Source source : sources) {
      pipes.add(ready(source));
    }
    all.open();
    assertThat(next()).isEqualTo("heard");
    assertThat(next()).isEqualTo("dealt with");
    return pipes;
  }

  @Test
  void whatIsHeardTogetherWasThereWhenTheSelectorCameBackAndNotWhenItsTurnComes() throws Exception {
    AtomicReference<Callable<?>> first = new AtomicReference<>();
    Asking one = new Asking(true, first);
    Asking other = new Asking(true, first);
    AtomicLong dealt = new AtomicLong();
    first.set(
        () -> {
          dealt.set(System.nanoTime());
          return null;
        });
    long before = System.nanoTime();
    List<Pipe> pipes = readyTogether(one, other);
    for (String each : new String[] {"heard", "heard", "dealt with", "dealt with"}) {
      assertThat(next()).isEqualTo(each);
    }

    assertThat(one.at).isEqualTo(other.at).isBetween(before, dealt.get());
    for (Pipe pipe : pipes) {
      close(pipe);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, heard heard dealt-with heard dealt-with dealt-with",
    "false, heard heard dealt-with dealt-with heard dealt-with"
  })
  void whatComesMeanwhileIsHeardBetweenTwoIfSomebodyWantsToKnowWhen(boolean asks, String order)
      throws Exception {
    AtomicReference<Callable<?>> first = new AtomicReference<>();
    List<Pipe> pipes = new CopyOnWriteArrayList<>();
    first.set(
        () -> {
          pipes.add(ready(new Asking(asks, first)));
          long begun = System.nanoTime();
          while (System.nanoTime() - begun <= Poller.LISTEN_NANOS) {
            Thread.onSpinWait();
          }
          return null;
        });
    pipes.addAll(readyTogether(new Asking(asks, first), new Asking(asks, first)));
    for (String each : order.split(" ", -1)) {
      assertThat(next()).isEqualTo(each.replace('-', ' '));
    }

    for (Pipe pipe : pipes) {
      close(pipe);
    }
  }

  /** The clock by which completions are timed stands still but for what they do to it. */
  @Test
  void whatComesIsHeardBetweenCompletionsTooIfSomebodyWantsToKnowWhen() throws Exception {
    TestClock time = new TestClock();
    Gate timedEnded = new Gate();
    Poller timed = new Poller("timed", time, Runnable::run, timedEnded::open);
    AtomicReference<Callable<?>> none = new AtomicReference<>();
    List<Pipe> pipes = new CopyOnWriteArrayList<>();
    Runnable takesLong =
        () -> {
          time.advanceWithoutTimersNanos(Poller.LISTEN_NANOS);
          heard.add("completed");
        };
    AtomicReference<Callable<?>> first = new AtomicReference<>();
    first.set(
        () -> {
          timed.completions().execute(takesLong);
          timed
              .completions()
              .execute(
                  () -> {
                    takesLong.run();
                    try {
                      pipes.add(ready(new Asking(true, none), timed));
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
          timed.completions().execute(takesLong);
          return null;
        });
    pipes.add(ready(new Asking(true, first), timed));
    String order = "heard dealt-with completed completed heard dealt-with completed";
    for (String each : order.split(" ", -1)) {
      assertThat(next()).isEqualTo(each.replace('-', ' '));
    }

    for (Pipe pipe : pipes) {
      close(pipe);
    }
    timed.stop();
    assertThat(timedEnded.await(Waiting.LIMIT)).isTrue();
  }
}
