package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.conformance.http2.ErrorCodes;
import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.hpack.HeaderBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads that are odd, wrong or too large: what becomes of their streams, and of the others. */
class OddHeadsTest {
  private static final int LIMIT = 1_000;
  private static final HeaderBlock HEAD = HeaderBlock.status(200);

  private final Wire wire = Wire.greeted(LIMIT);
  private final Wire.Talk odd = wire.get();
  private final Wire.Talk other = wire.get();

  @AfterEach
  void close() {
    wire.close();
  }

  private void receive(HeaderBlock head) {
    wire.receive(Frame.headers(1, head), Frame.data(1, "hello").endStream());
  }

  /** A head in so many frames. */
  private void receive(HeaderBlock head, int frames) {
    byte[] block = head.bytes();
    int each = block.length / frames + 1;
    List<Frame> parts = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      byte[] part =
          Arrays.copyOfRange(
              block, Math.min(i * each, block.length), Math.min((i + 1) * each, block.length));
      parts.add(Frame.of(i == 0 ? Frame.HEADERS : Frame.CONTINUATION, 0, 1, part));
    }
    parts.set(frames - 1, parts.get(frames - 1).with(Frame.END_HEADERS));
    parts.set(0, parts.get(0).endStream());
    for (Frame part : parts) {
      if (wire.channel.isOpen()) {
        wire.receive(part);
      }
    }
  }

  private void assertOthersGoOn() {
    wire.answer(3);
    assertThat(other.told).containsExactly("200", "hello", "end");
    assertThat(wire.channel.isOpen()).isTrue();
  }

  // ---- Fields ----

  @ParameterizedTest
  @ValueSource(strings = {"a\u0001b", "a\tb", "a\u007fb", "\u00e9", ""})
  void aControlCharacterInAValueDoesNoHarm(String value) {
    receive(HEAD.field("x", value));

    assertThat(odd.told).containsExactly("200", "hello", "end");
    assertThat(odd.heads.get(0).firstValue("x")).hasValue(value);
  }

  @Test
  void blanksAroundAValueAreNoPartOfIt() {
    receive(HEAD.field("x", " a b "));

    assertThat(odd.heads.get(0).firstValue("x")).hasValue("a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\rb", "a\nb", "a\r\ny: b"})
  void whatCouldBecomeTwoFieldsIsRefused(String value) {
    receive(HEAD.field("x", value));

    assertRefused("PROTOCOL_ERROR (a line break or NUL in the value of x)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Upper", "x y", "x:y", "x\u00e9", "x(", "x\u0001", "x\u007f"})
  void aNameThatIsNoneIsRefused(String name) {
    receive(HEAD.field(name, "v"));

    String shown = name.replaceAll("[^ -~]", ".");
    assertRefused("PROTOCOL_ERROR (invalid header name [" + shown + "])");
  }

  @Test
  void aLongNameIsCutInTheMessage() {
    receive(HEAD.field("X".repeat(300), "v"));

    assertRefused("PROTOCOL_ERROR (invalid header name [" + "X".repeat(179) + "...)");
  }

  @Test
  void aHeadThatEndsTooEarlyEndsTheConnectionInPlainWords() {
    byte[] block = HEAD.field("x", "value").bytes();
    wire.receive(
        Frame.of(Frame.HEADERS, Frame.END_HEADERS, 1, Arrays.copyOf(block, block.length - 2)));

    assertThat(odd.error())
        .isInstanceOf(Http2Exception.class)
        .hasMessage(
            "the server broke a rule on the connection: COMPRESSION_ERROR"
                + " (a header block that ends too early)")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"})
  void aFieldOfTheConnectionIsRefused(String name) {
    receive(HEAD.field(name, "v"));

    assertRefused(
        "PROTOCOL_ERROR (Illegal connection-specific header '" + name + "' encountered.)");
  }

  @Test
  void theSameLengthTwiceIsThatLength() {
    receive(HEAD.field("content-length", "5").field("content-length", "5"));

    assertThat(odd.told).containsExactly("200", "hello", "end");
  }

  private void assertRefused(String why) {
    assertThat(odd.told).containsExactly("failed");
    assertThat(odd.error())
        .isInstanceOfSatisfying(
            Http2Exception.class,
            e -> assertThat(e.reason()).isEqualTo(Http2Exception.Reason.STREAM_ERROR))
        .hasMessage("the server broke a rule on the stream: " + why)
        .hasNoCause();
    assertOthersGoOn();
  }

  // ---- Size ----

  @ParameterizedTest
  @ValueSource(ints = {1_000, 2_000, 100_000, 1_000_000, 4_000_000})
  void aHeadThatIsTooLargeIsTheErrorOfItsStream(int size) {
    receive(HEAD.field("x", "v".repeat(size)), size / 16_000 + 1);

    assertTooLarge();
    assertOthersGoOn();
  }

  @Test
  void aHeadThatIsFarTooLargeEndsTheConnectionAndItsOwnRequestIsToldWhy() {
    receive(HEAD.field("x", "v".repeat(5_000_000)), 313);

    assertTooLarge();
    assertThat(wire.channel.isOpen()).isFalse();
    assertThat(other.error())
        .isInstanceOfSatisfying(
            Http2Exception.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.ENHANCE_YOUR_CALM));
  }

  @Test
  void whatATooLargeHeadPutIntoTheTableIsThere() {
    receive(HEAD.indexedField("y", "kept").field("x", "v".repeat(2 * LIMIT)));
    wire.receive(Frame.headers(3, HEAD.index(62)).endStream());

    assertTooLarge();
    assertThat(other.heads.get(0).firstValue("y")).hasValue("kept");
  }

  @Test
  void fieldsOutOfTheTableCountInFull() {
    HeaderBlock head = HEAD.indexedField("x", "v".repeat(400));
    receive(head.index(62).index(62));

    assertTooLarge();
    assertOthersGoOn();
  }

  @Test
  void informationalResponsesCountTogether() {
    Frame hint = Frame.headers(1, HeaderBlock.status(103).field("x", "v".repeat(300)));
    wire.receive(hint, hint, hint, hint);

    assertThat(odd.told).containsExactly("103", "103", "103", "failed");
    assertThat(odd.error())
        .isInstanceOfSatisfying(
            ResponseException.class,
            e -> assertThat(e.reason()).isEqualTo(ResponseException.Reason.HEADER_TOO_LARGE));
    assertOthersGoOn();
  }

  private void assertTooLarge() {
    assertThat(odd.told).containsExactly("failed");
    assertThat(odd.error())
        .isInstanceOfSatisfying(
            ResponseException.class,
            e -> assertThat(e.reason()).isEqualTo(ResponseException.Reason.HEADER_TOO_LARGE));
  }

  // ---- In pieces ----

  @Test
  void aHeadMayComeInManySmallPieces() {
    receive(HEAD.field("x", "v".repeat(500)), 200);

    assertThat(odd.told).containsExactly("200", "end");
    assertThat(odd.heads.get(0).firstValue("x")).hasValue("v".repeat(500));
  }

  @Test
  void aHeadInPiecesMayBePaddedAndHaveAPriority() {
    byte[] block = HEAD.field("x", "value").bytes();
    byte[] payload = new byte[1 + 5 + block.length + 3];
    payload[0] = 3;
    System.arraycopy(block, 0, payload, 6, block.length);
    wire.receive(
        Frame.of(Frame.HEADERS, Frame.PADDED | Frame.WITH_PRIORITY, 1, payload),
        Frame.continuation(1).with(Frame.END_HEADERS),
        Frame.data(1, "hello").endStream());

    assertThat(odd.told).containsExactly("200", "hello", "end");
    assertThat(odd.heads.get(0).firstValue("x")).hasValue("value");
  }

  @Test
  void anotherFrameWithinAHeadEndsTheConnection() {
    wire.receive(Frame.headers(1, HEAD).without(Frame.END_HEADERS), Frame.ping(1));

    assertThat(wire.channel.isOpen()).isFalse();
    assertThat(wire.sent()).endsWith("GOAWAY " + ErrorCodes.PROTOCOL_ERROR);
  }

  @Test
  void piecesWithoutEndEndTheConnection() {
    wire.receive(Frame.headers(1, HEAD).without(Frame.END_HEADERS));
    wire.receive(10_001, Frame.continuation(1));

    assertThat(wire.channel.isOpen()).isFalse();
    assertThat(wire.sent()).endsWith("GOAWAY " + ErrorCodes.ENHANCE_YOUR_CALM);
  }
}
