package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.errors.Http2Exception.Reason;
import io.httptrace.conformance.http2.Frame;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection on which nothing arrives any more is asked whether it is alive. */
class SilentConnectionTest {
  private final Wire wire = Wire.greeted();

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void aRequestThatRunsOutOfTimeInSilenceMakesTheConnectionBeAsked() {
    Wire.Talk lost = wire.get();
    lost.outOfTime();

    assertThat(wire.sent()).containsExactly("HEADERS 1", "PING", "RST_STREAM 1 8");
    assertThat(wire.connection.silent()).isTrue();
    assertThat(wire.connection.capacity()).isZero();
    assertThat(wire.connection.isUsable()).as("it may yet answer").isTrue();
  }

  @Test
  void theAnswerMakesItUsableAgain() {
    int before = wire.connection.capacity();
    int[] told = {0};
    wire.connection.onRoom(() -> told[0]++);
    wire.get().outOfTime();
    Frame ping = wire.sentFrames().get(1);

    wire.receive(Frame.of(Frame.PING, Frame.ACK, 0, ping.payload()));

    assertThat(wire.connection.silent()).isFalse();
    assertThat(wire.connection.capacity()).isEqualTo(before);
    assertThat(told[0]).as("those who wait are told").isEqualTo(1);
    wire.clock.advanceMillis(Wire.TIMEOUT_MILLIS);
    assertThat(wire.channel.isOpen()).isTrue();
  }

  @Test
  void anythingThatArrivesIsAnAnswer() {
    Wire.Talk other = wire.get();
    wire.get().outOfTime();

    wire.answer(1);
    wire.clock.advanceMillis(Wire.TIMEOUT_MILLIS);

    assertThat(other.told).containsExactly("200", "hello", "end");
    assertThat(wire.connection.silent()).isFalse();
    assertThat(wire.channel.isOpen()).isTrue();
  }

  @Test
  void withoutAnAnswerItIsClosedAndItsRequestsAreToldWhy() {
    Wire.Talk other = wire.get();
    wire.get().outOfTime();
    wire.clock.advanceMillis(Wire.TIMEOUT_MILLIS - 1);
    assertThat(wire.channel.isOpen()).isTrue();

    wire.clock.advanceMillis(1);

    assertThat(wire.channel.isOpen()).isFalse();
    assertThat(other.told).containsExactly("failed");
    assertThatExceptionOfType(Http2Exception.class)
        .isThrownBy(
            () -> {
              throw other.error();
            })
        .withMessage("the server did not answer a PING in time: NO_ERROR (nothing has arrived)")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PING_TIMEOUT))
        .satisfies(e -> assertThat(e.unprocessed()).isFalse());
    assertThat(wire.clock.timers()).as("timers left behind").isZero();
  }

  @Test
  void aConnectionOnWhichSomethingArrivedSinceIsNotDoubted() {
    Wire.Talk slow = wire.get();
    wire.receive(Frame.windowUpdate(0, 1));
    slow.outOfTime();

    assertThat(wire.sent()).containsExactly("HEADERS 1", "RST_STREAM 1 8");
    assertThat(wire.connection.silent()).isFalse();
  }

  @Test
  void aRequestThatIsCancelledSaysNothingOfTheConnection() {
    Wire.Talk cancelled = wire.get();
    cancelled.codec.abort(cancelled);

    assertThat(wire.sent()).containsExactly("HEADERS 1", "RST_STREAM 1 8");
    assertThat(wire.connection.silent()).isFalse();
  }

  @Test
  void severalRequestsThatRunOutOfTimeAskOnce() {
    Wire.Talk first = wire.get();
    Wire.Talk second = wire.get();
    first.outOfTime();
    second.outOfTime();

    assertThat(wire.sent())
        .containsExactly("HEADERS 1", "HEADERS 3", "PING", "RST_STREAM 1 8", "RST_STREAM 3 8");
  }

  @Test
  void aRequestThatGotItJustBeforeMayGoElsewhere() {
    wire.get().outOfTime();

    Wire.Talk late = wire.get();

    assertThat(late.error())
        .isInstanceOfSatisfying(
            Http2Exception.class, e -> assertThat(e.unprocessed()).as("may be repeated").isTrue());
  }

  @Test
  void oneThatAnswersPingsAndNoRequestsIsGivenUp() {
    for (int i = 0; i < 2; i++) {
      wire.get().outOfTime();
      assertThat(wire.sent()).contains("PING");
      wire.receive(Frame.pingAck(0));
    }
    Wire.Talk other = wire.get();
    wire.get().outOfTime();

    assertThat(wire.sent()).doesNotContain("PING");
    assertThat(wire.connection.isUsable()).isFalse();
    assertThat(wire.channel.isOpen()).as("another request is under way").isTrue();

    wire.answer(5);
    assertThat(other.told).containsExactly("200", "hello", "end");
    assertThat(wire.channel.isOpen()).isFalse();
  }

  @Test
  void oneThatIsGivenUpSaysThatItsServerHasNotClosedIt() {
    for (int i = 0; i < 2; i++) {
      wire.get().outOfTime();
      wire.receive(Frame.pingAck(0));
    }
    assertThat(wire.connection.failure()).isNull();
    wire.get().outOfTime();

    assertThat(wire.channel.isOpen()).isFalse();
    assertThat(wire.connection.failure())
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the server answers PINGs but no requests");
  }

  @Test
  void oneWhoseServerDoesNotReadSaysSoUntilItDoes() {
    List<ChannelPromise> unread = new ArrayList<>();
    ChannelOutboundHandlerAdapter server =
        new ChannelOutboundHandlerAdapter() {
          @Override
          public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            unread.add(promise);
          }
        };
    wire.channel.pipeline().addFirst(server);
    wire.get().outOfTime();

    assertThat(wire.connection.isUsable()).isFalse();
    assertThat(wire.connection.failure())
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the server does not read");

    wire.channel.pipeline().remove(server);
    unread.forEach(ChannelPromise::setSuccess);
    assertThat(wire.connection.isUsable()).isTrue();
    assertThat(wire.connection.failure()).isNull();
  }

  @Test
  void aResponseMakesRoomForMorePings() {
    for (int i = 0; i < 5; i++) {
      wire.get().outOfTime();
      assertThat(wire.sent()).contains("PING");
      wire.receive(Frame.pingAck(0));
      wire.get();
      wire.answer(4 * i + 3);
    }
    assertThat(wire.connection.isUsable()).isTrue();
  }

  @Test
  void silenceForAnIntervalIsReasonToAskButNotToDoubt() {
    wire.get();
    wire.sentFrames();
    wire.clock.advanceMillis(Wire.INTERVAL_MILLIS - 1);
    assertThat(wire.sent()).isEmpty();

    wire.clock.advanceMillis(1);

    assertThat(wire.sent()).containsExactly("PING");
    assertThat(wire.connection.silent()).isFalse();
  }

  @Test
  void aRequestWithoutATimeLimitEndsWithALostConnection() {
    Wire.Talk patient = wire.get();
    wire.clock.advanceMillis(Wire.INTERVAL_MILLIS + Wire.TIMEOUT_MILLIS);

    assertThat(patient.told).containsExactly("failed");
    assertThat(wire.channel.isOpen()).isFalse();
  }

  @Test
  void aLongAnswerIsWaitedForAsLongAsTheServerAnswersPings() {
    Wire.Talk patient = wire.get();
    for (int i = 0; i < 10; i++) {
      wire.clock.advanceMillis(Wire.INTERVAL_MILLIS);
      wire.receive(Frame.pingAck(0));
    }
    wire.answer(1);

    assertThat(patient.told).containsExactly("200", "hello", "end");
  }

  @Test
  void anIdleConnectionIsNotAsked() {
    wire.get();
    wire.answer(1);
    wire.sentFrames();
    wire.clock.advanceMillis(10 * Wire.INTERVAL_MILLIS);

    assertThat(wire.sent()).isEmpty();
    assertThat(wire.clock.timers()).isZero();
  }

  @Test
  void aClosedConnectionLeavesNoTimers() {
    wire.get();
    wire.get().outOfTime();
    wire.connection.close();

    assertThat(wire.clock.timers()).isZero();
  }
}
