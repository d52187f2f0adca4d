package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.concurrent.SystemClock;
import io.httptrace.client.hooks.CapturedLog;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    public boolean heard(SelectionKey key) {
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
}
