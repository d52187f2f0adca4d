package io.httptrace.client.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.client.errors.ResponseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gzip (RFC 1952), whole and broken, in pieces of any size. */
class GzipDecoderTest {
  private static final String TEXT = "A text that repeats itself, repeats itself. ".repeat(20);

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(String text) throws IOException {
    return gzip(text.getBytes(UTF_8));
  }

  private static byte[] gunzip(byte[] input, int pieceSize) throws IOException {
    GzipDecoder gunzip = new GzipDecoder();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    for (int at = 0; at < input.length; at += pieceSize) {
      ByteBuffer piece = ByteBuffer.wrap(input, at, Math.min(pieceSize, input.length - at));
      while (piece.hasRemaining()) {
        gunzip.decode(piece, bytes -> append(bytes, output));
      }
    }
    gunzip.end();
    gunzip.close();
    return output.toByteArray();
  }

  private static void append(ByteBuffer bytes, ByteArrayOutputStream output) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    output.writeBytes(copy);
  }

  private static String text(byte[] input, int pieceSize) throws IOException {
    return new String(gunzip(input, pieceSize), UTF_8);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A member with the parts its flags name. */
  private static byte[] member(int flags, byte[] parts, byte[] content) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] deflated = new byte[content.length + 100];
    int size = deflater.deflate(deflated);
    deflater.end();
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] header = {0x1f, (byte) 0x8b, 8, (byte) flags, 1, 2, 3, 4, 0, 3};
    ByteBuffer trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    trailer.putInt((int) crc.getValue()).putInt(content.length);
    return join(header, parts, Arrays.copyOf(deflated, size), trailer.array());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10_000})
  void oneMember(int pieceSize) throws Exception {
    assertThat(text(gzip(TEXT), pieceSize)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10_000})
  void severalMembersAreOneContent(int pieceSize) throws Exception {
    byte[] input = join(gzip("one "), gzip(""), gzip(TEXT), gzip(" end"));

    assertThat(text(input, pieceSize)).isEqualTo("one " + TEXT + " end");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10_000})
  void everyCombinationOfFlags(int pieceSize) throws Exception {
    for (int flags = 0; flags < 32; flags++) {
      byte[] extra = (flags & 4) == 0 ? new byte[0] : new byte[] {3, 0, 'x', 0, 'z'};
      byte[] name = (flags & 8) == 0 ? new byte[0] : "name\0".getBytes(UTF_8);
      byte[] comment = (flags & 16) == 0 ? new byte[0] : "why\0".getBytes(UTF_8);
      byte[] headerCrc = (flags & 2) == 0 ? new byte[0] : new byte[] {1, 2};
      byte[] parts = join(extra, name, comment, headerCrc);
      byte[] input = member(flags, parts, TEXT.getBytes(UTF_8));

      assertThat(text(input, pieceSize)).as("flags %d", flags).isEqualTo(TEXT);
    }
  }

  @Test
  void anEmptyExtraFieldAndEmptyNames() throws Exception {
    byte[] input = member(4 + 8 + 16, new byte[] {0, 0, 0, 0}, TEXT.getBytes(UTF_8));

    assertThat(text(input, 1)).isEqualTo(TEXT);
  }

  @Test
  void noInputAtAllIsNoContent() throws Exception {
    assertThat(gunzip(new byte[0], 1)).isEmpty();
  }

  @Test
  void contentThatDoesNotCompress() throws Exception {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);

    assertThat(gunzip(gzip(noise), 1000)).isEqualTo(noise);
    assertThat(gunzip(gzip(noise), 1_000_000)).isEqualTo(noise);
  }

  private static void broken(byte[] input, int pieceSize, String what) {
    assertThatThrownBy(() -> gunzip(input, pieceSize))
        .as(what)
        .isInstanceOfSatisfying(
            ResponseException.class,
            e -> assertThat(e.reason()).isEqualTo(ResponseException.Reason.BAD_CONTENT_CODING));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10_000})
  void truncatedAnywhere(int pieceSize) throws Exception {
    byte[] whole = gzip(TEXT);
    for (int size = 1; size < whole.length; size++) {
      broken(Arrays.copyOf(whole, size), pieceSize, "cut after " + size);
    }
  }

  @Test
  void truncatedInTheSecondMember() throws Exception {
    byte[] first = gzip("first");
    byte[] whole = join(first, gzip("second"));
    for (int size = first.length + 1; size < whole.length; size++) {
      broken(Arrays.copyOf(whole, size), 10_000, "cut after " + size);
    }
  }

  @Test
  void whatIsNotGzip() {
    broken("just some plain text".getBytes(UTF_8), 10_000, "text");
    broken("just some plain text".getBytes(UTF_8), 1, "text");
  }

  @Test
  void aMethodThatIsNotDeflate() throws Exception {
    byte[] input = gzip(TEXT);
    input[2] = 7;
    broken(input, 10_000, "method");
  }

  @Test
  void rubbishAfterTheEnd() throws Exception {
    broken(join(gzip(TEXT), "rubbish after the end".getBytes(UTF_8)), 10_000, "rubbish");
  }

  @Test
  void everyChangedByteOfDataOrTrailerIsNoticed() throws Exception {
    byte[] whole = gzip(TEXT);
    for (int at = 10; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x55;
      broken(changed, 10_000, "byte " + at);
    }
  }

  @Test
  void aBombGoesOffBitByBit() throws Exception {
    byte[] bomb = gzip(new byte[50_000_000]);
    assertThat(bomb).hasSizeLessThan(100_000);
    GzipDecoder gunzip = new GzipDecoder();
    ByteBuffer input = ByteBuffer.wrap(bomb);
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      gunzip.decode(input, bytes -> sizes.add(bytes.remaining()));
    }
    gunzip.close();

    assertThat(sizes).hasSize(10).allMatch(size -> size <= 16_384);
    assertThat(input.hasRemaining()).isTrue();
  }

  @Test
  void allThatHasComeIsGivenOutThoughTheEndIsMissing() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    GZIPOutputStream gzip = new GZIPOutputStream(bytes, 512, true);
    gzip.write(new byte[100_000]);
    gzip.flush();
    GzipDecoder gunzip = new GzipDecoder();
    ByteBuffer input = ByteBuffer.wrap(bytes.toByteArray());
    int[] size = new int[1];
    while (input.hasRemaining()) {
      gunzip.decode(input, part -> size[0] += part.remaining());
    }
    gunzip.close();

    assertThat(size[0]).isEqualTo(100_000);
  }

  @Test
  void closingTwiceDoesNoHarm() {
    GzipDecoder gunzip = new GzipDecoder();
    gunzip.close();
    gunzip.close();
  }
}
