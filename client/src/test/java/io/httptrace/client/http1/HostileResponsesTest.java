package io.httptrace.client.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Responses that are made to cost much: what they cost is counted, not timed. Each byte is looked
 * at a few times, however the bytes are cut, and little is made of it.
 */
class HostileResponsesTest {
  private static final int MAX_HEAD = 1 << 20;
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";

  static Stream<Named<String>> responses() {
    return Stream.of(
        Named.of("200,000 folded lines", HEAD + "X: a\r\n" + " b\r\n".repeat(200_000) + "\r\n"),
        Named.of("folds of blanks only", HEAD + "X: a\r\n" + " \r\n".repeat(200_000) + "\r\n"),
        Named.of("one line, folded once, of blanks", HEAD + "X: a\r\n" + " ".repeat(900_000)),
        Named.of("a long line of CR", HEAD + "X: " + "\r".repeat(900_000) + "\n\r\n"),
        Named.of("a long line of NUL", HEAD + "X: " + "\0".repeat(900_000) + "\n\r\n"),
        Named.of("a long name", HEAD + "X".repeat(900_000) + ":\r\n\r\n"),
        Named.of(
            "a long list of lengths", HEAD + "Content-Length: 0" + ",0".repeat(400_000) + "\n\n"),
        Named.of("a long list of options", HEAD + "Connection: " + ",".repeat(900_000) + "\n\n"),
        Named.of(
            "a long list of codings", HEAD + "Transfer-Encoding: " + "a,".repeat(400_000) + "\n\n"),
        Named.of("many fields", HEAD + "a:\n".repeat(300_000) + "\n"),
        Named.of("many names", HEAD + names(9_000) + "\n"),
        Named.of("many informational responses", "HTTP/1.1 100\n\n".repeat(80_000)),
        Named.of("small chunks", CHUNKED + "1\nx\n".repeat(200_000) + "0\n\n"),
        Named.of("small chunks with extensions", CHUNKED + "1;y\r\nx\r\n".repeat(90_000)),
        Named.of("a size of many digits", CHUNKED + "0".repeat(4_000) + "1\r\nx\r\n"),
        Named.of("many trailers", CHUNKED + "0\n" + "a:\n".repeat(9_000) + "\n"),
        Named.of("no end of the first line", "HTTP/1.1 200 " + "x".repeat(900_000)));
  }

  private static String names(int count) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append("X-").append(i).append(": ").append(i).append('\n');
    }
    return fields.toString();
  }

  /** At once, in pieces of the size of a packet, and byte by byte. */
  @ParameterizedTest
  @MethodSource("responses")
  void costsNoMoreThanItsBytesAreWorth(String response) throws Exception {
    for (int size : new int[] {response.length(), 1448, 1}) {
      Cost cost = costOf(response, size);

      assertThat(cost.looks).as("bytes looked at").isLessThan(4L * response.length());
      assertThat(cost.allocated)
          .as("bytes allocated")
          .isLessThan(160L * response.length() + 100_000);
    }
  }

  private record Cost(long looks, long allocated) {}

  private static Cost costOf(String response, int size) throws Exception {
    byte[] bytes = response.getBytes(ISO_8859_1);
    ResponseDecoder decoder = new ResponseDecoder(MAX_HEAD);
    decoder.expect("GET");
    Counted in = new Counted(bytes);
    Told sink = new Told();
    long before = allocated();
    try {
      boolean done = false;
      for (int end = size; !done; end = Math.min(end + size, bytes.length)) {
        in.writerIndex(end);
        done = decoder.decode(in, sink) || end == bytes.length;
      }
    } catch (ResponseException refused) {
      // Also what is refused has its cost.
    }
    return new Cost(in.looks, allocated() - before);
  }

  /** {@return what this thread has allocated} The module of the client does not read management. */
  private static long allocated() throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method count =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes");
    return (long) count.invoke(threads);
  }

  /** Counts the bytes that are read from it, be it alone or together. */
  private static final class Counted extends UnpooledHeapByteBuf {
    private long looks;

    Counted(byte[] bytes) {
      super(UnpooledByteBufAllocator.DEFAULT, bytes, bytes.length);
      setIndex(0, 0);
    }

    @Override
    protected byte _getByte(int index) {
      looks++;
      return super._getByte(index);
    }

    @Override
    protected long _getLongLE(int index) {
      looks += Long.BYTES;
      return super._getLongLE(index);
    }

    @Override
    protected long _getLong(int index) {
      looks += Long.BYTES;
      return super._getLong(index);
    }

    @Override
    public ByteBuf getBytes(int index, byte[] to, int toIndex, int length) {
      looks += length;
      return super.getBytes(index, to, toIndex, length);
    }
  }

  @Test
  void manyFoldedLinesAreOneValue() {
    String folded = "HTTP/1.1 204 N\r\nX: a\r\n" + " b\r\n".repeat(1_000) + "\r\n";

    assertThat(Decoded.of("GET", folded))
        .isEqualTo("HTTP/1.1 204 X=a" + " b".repeat(1_000) + " empty kept end");
  }

  @Test
  void moreFieldsThanAnyServerSendsAreRefused() throws Exception {
    String head = HEAD + "a:\n".repeat(ResponseDecoder.MAX_FIELDS);

    assertThat(decoded(head + "\n").fields).isEqualTo(ResponseDecoder.MAX_FIELDS);
    assertThatThrownBy(() -> decoded(head + "a:\n\n"))
        .isInstanceOfSatisfying(
            ResponseException.class,
            e -> assertThat(e.reason()).isEqualTo(ResponseException.Reason.HEADER_TOO_LARGE))
        .hasMessage("response head is too large: more than 10000 fields");
  }

  /** Each piece is handed over on its own, and costs more than a few bytes do. */
  @Test
  void smallChunksThatComeTogetherAreHandedOverTogether() throws Exception {
    String large = "200\r\n" + "y".repeat(512) + "\r\n";

    assertThat(decoded(CHUNKED + "1\r\nx\r\n".repeat(100) + "0\r\n\r\n").pieces).isEqualTo(1);
    assertThat(decoded(CHUNKED + large.repeat(3) + "0\r\n\r\n").pieces).isEqualTo(3);
  }

  private static Told decoded(String response) throws ResponseException {
    ResponseDecoder decoder = new ResponseDecoder(MAX_HEAD);
    decoder.expect("GET");
    Told told = new Told();
    decoder.decode(Unpooled.wrappedBuffer(response.getBytes(ISO_8859_1)), told);
    return told;
  }

  private static final class Told implements ResponseDecoder.Sink {
    private int fields;
    private int pieces;

    @Override
    public void informational(ResponseHead head) {}

    @Override
    public void head(ResponseHead head) {
      for (Map.Entry<String, String> field : head.fields()) {
        fields += field.getKey().length();
      }
    }

    @Override
    public void content(ByteBuffer content) {
      pieces++;
    }
  }
}
