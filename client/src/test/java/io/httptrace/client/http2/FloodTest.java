package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.errors.Http2Exception;
import io.httptrace.conformance.http2.ErrorCodes;
import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames that bring no request forward: a few are borne, many end the connection. Counted in frames
 * and not in time: the clock stands still.
 */
class FloodTest {
  private static final HeaderBlock HEAD = HeaderBlock.status(200);

  private final Wire wire = Wire.greeted();

  @AfterEach
  void close() {
    wire.close();
  }

  /**
   * What can be sent too often.
   *
   * @param borne how many no one need mind
   * @param tooMany how many are too many
   */
  private record Nuisance(String name, int borne, int tooMany, Frame frame) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Stream 1 has ended, stream 3 has a head, stream 5 waits. */
  static List<Nuisance> nuisances() {
    return List.of(
        new Nuisance("PING", 900, 1_001, Frame.ping(7)),
        new Nuisance("answers to no PING", 9_000, 10_001, Frame.pingAck(7)),
        new Nuisance("SETTINGS", 90, 101, Frame.settings(Http2Settings.none().with(4, 70_000))),
        new Nuisance("SETTINGS acknowledged", 9_000, 10_001, Frame.settingsAck()),
        new Nuisance("PRIORITY", 9_000, 10_001, Frame.of(Frame.PRIORITY, 0, 3, new byte[5])),
        new Nuisance("WINDOW_UPDATE", 9_000, 10_001, Frame.windowUpdate(0, 1)),
        new Nuisance("WINDOW_UPDATE of a stream", 9_000, 10_001, Frame.windowUpdate(3, 1)),
        new Nuisance("WINDOW_UPDATE of an ended stream", 9_000, 10_001, Frame.windowUpdate(1, 1)),
        new Nuisance("WINDOW_UPDATE of 0 for an ended stream", 90, 101, Frame.windowUpdate(1, 0)),
        new Nuisance("unknown frames", 9_000, 10_001, Frame.of(0xbe, 0xff, 0)),
        new Nuisance("empty DATA", 9_000, 10_001, Frame.data(3)),
        new Nuisance(
            "DATA of padding", 9_000, 10_001, Frame.of(Frame.DATA, Frame.PADDED, 3, (byte) 0)),
        new Nuisance("empty DATA of an ended stream", 9_000, 10_001, Frame.data(1)),
        new Nuisance("HEADERS of an ended stream", 900, 1_001, Frame.headers(1, HEAD)),
        new Nuisance("RST_STREAM of an ended stream", 9_000, 10_001, Frame.reset(1, 8)),
        new Nuisance("GOAWAY", 90, 101, Frame.goAway(5, ErrorCodes.NO_ERROR)),
        new Nuisance("1xx", 900, 1_001, Frame.headers(5, HeaderBlock.status(103))));
  }

  private List<Wire.Talk> talks() {
    List<Wire.Talk> talks = List.of(wire.get(), wire.get(), wire.get());
    wire.answer(1);
    wire.receive(Frame.headers(3, HEAD));
    wire.sentFrames();
    return talks;
  }

  @ParameterizedTest
  @MethodSource("nuisances")
  void aFewAreBorne(Nuisance nuisance) {
    List<Wire.Talk> talks = talks();

    wire.receive(nuisance.borne, nuisance.frame);
    wire.receive(Frame.data(3, "hello").endStream());
    wire.answer(5);

    assertThat(talks.get(1).told).containsExactly("200", "hello", "end");
    assertThat(talks.get(2).told).endsWith("200", "hello", "end");
  }

  @ParameterizedTest
  @MethodSource("nuisances")
  void tooManyEndTheConnection(Nuisance nuisance) {
    List<Wire.Talk> talks = talks();

    wire.receive(nuisance.tooMany, nuisance.frame);

    assertThat(wire.channel.isOpen()).isFalse();
    assertThat(wire.sent()).endsWith("GOAWAY " + ErrorCodes.ENHANCE_YOUR_CALM);
    for (Wire.Talk talk : talks.subList(1, 3)) {
      assertThat(talk.error())
          .isInstanceOfSatisfying(
              Http2Exception.class,
              e -> {
                assertThat(e.reason()).isEqualTo(Http2Exception.Reason.CONNECTION_ERROR);
                assertThat(e.errorCode()).isEqualTo(ErrorCodes.ENHANCE_YOUR_CALM);
              })
          .hasNoCause();
    }
  }

  @Test
  void theyMayComeForEverIfTheyComeSlowly() {
    Wire.Talk patient = wire.get();
    for (int minute = 0; minute < 10; minute++) {
      wire.receive(9_000, Frame.pingAck(7));
      wire.clock.advanceMillis(60_000);
    }
    wire.answer(1);

    assertThat(patient.told).containsExactly("200", "hello", "end");
  }

  @Test
  void theyMayComeForEverWithContent() {
    Wire.Talk busy = wire.get();
    wire.receive(Frame.headers(1, HEAD));
    for (int i = 0; i < 11_000; i++) {
      wire.receive(Frame.windowUpdate(0, 1), Frame.data(1), Frame.data(1, "x"));
      wire.sentFrames();
    }
    wire.receive(Frame.data(1, "x").endStream());

    assertThat(busy.told).hasSize(11_003).endsWith("x", "end");
  }

  @Test
  void emptyContentInARowIsContentLikeAnyOther() {
    Wire.Talk slow = wire.get();
    Wire.Talk empty = wire.get();
    wire.receive(Frame.headers(1, HEAD), Frame.data(1, "he"), Frame.headers(3, HEAD));

    wire.receive(100, Frame.data(3));
    wire.receive(Frame.data(3, "hello").endStream(), Frame.data(1, "llo").endStream());

    assertThat(empty.told).containsExactly("200", "hello", "end");
    assertThat(slow.told).containsExactly("200", "he", "llo", "end");
  }

  @Test
  void answersToPingsThatAreNotReadAreNotCollected() {
    List<ChannelPromise> waiting = new ArrayList<>();
    wire.channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                ReferenceCountUtil.release(message);
                waiting.add(promise);
              }
            });

    wire.receive(900, Frame.ping(7));
    wire.clock.advanceMillis(60_000);
    assertThat(wire.channel.isOpen()).isTrue();
    wire.receive(900, Frame.ping(7));

    assertThat(wire.channel.isOpen()).isFalse();
    assertThat(waiting).as("with the GOAWAY").hasSizeLessThan(1_010);
    waiting.forEach(write -> write.tryFailure(new ClosedChannelException()));
  }

  // ---- Streams that have ended ----

  @Test
  void whatIsOnItsWayWhenAStreamIsResetIsDroppedWithoutAWord() {
    Wire.Talk cancelled = wire.get();
    Wire.Talk other = wire.get();
    cancelled.codec.abort(cancelled);
    wire.sentFrames();

    wire.receive(Frame.headers(1, HEAD));
    wire.receive(60, Frame.data(1, new byte[16_384]));
    wire.receive(Frame.data(1, "x").endStream());
    wire.answer(3);

    assertThat(wire.sent()).as("no errors").isEmpty();
    assertThat(other.told).containsExactly("200", "hello", "end");
  }

  @Test
  void noMoreComesForStreamsThatHaveEndedThanWasAllowed() {
    wire.get();
    wire.answer(1);

    wire.receive(64, Frame.data(1, new byte[16_384]));
    assertThat(wire.channel.isOpen()).isTrue();
    wire.receive(Frame.data(1, "x"));

    assertThat(wire.channel.isOpen()).isFalse();
    assertThat(wire.sent()).endsWith("GOAWAY " + ErrorCodes.STREAM_CLOSED);
  }
}
