package io.httptrace.conformance.http2;

import static java.util.Objects.requireNonNull;

import io.httptrace.conformance.http2.hpack.HeaderBlock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A frame (RFC 9113, section 4.1), of any type and with any content: nothing is checked, so that a
 * server can also send invalid frames. Immutable.
 */
public final class Frame {
  /** DATA. */
  public static final int DATA = 0x0;

  /** HEADERS. */
  public static final int HEADERS = 0x1;

  /** PRIORITY. */
  public static final int PRIORITY = 0x2;

  /** RST_STREAM. */
  public static final int RST_STREAM = 0x3;

  /** SETTINGS. */
  public static final int SETTINGS = 0x4;

  /** PUSH_PROMISE. */
  public static final int PUSH_PROMISE = 0x5;

  /** PING. */
  public static final int PING = 0x6;

  /** GOAWAY. */
  public static final int GOAWAY = 0x7;

  /** WINDOW_UPDATE. */
  public static final int WINDOW_UPDATE = 0x8;

  /** CONTINUATION. */
  public static final int CONTINUATION = 0x9;

  /** The flag of DATA and HEADERS that ends the stream. */
  public static final int END_STREAM = 0x1;

  /** The flag of SETTINGS and PING that acknowledges. */
  public static final int ACK = 0x1;

  /** The flag of HEADERS, PUSH_PROMISE and CONTINUATION that ends the header block. */
  public static final int END_HEADERS = 0x4;

  /** The flag of DATA, HEADERS and PUSH_PROMISE for padding. */
  public static final int PADDED = 0x8;

  /** The flag of HEADERS for a priority at the beginning. */
  public static final int WITH_PRIORITY = 0x20;

  static final int HEADER_LENGTH = 9;
  private static final List<String> NAMES =
      List.of(
          "DATA",
          "HEADERS",
          "PRIORITY",
          "RST_STREAM",
          "SETTINGS",
          "PUSH_PROMISE",
          "PING",
          "GOAWAY",
          "WINDOW_UPDATE",
          "CONTINUATION");

  private final int type;
  private final int flags;
  private final int stream;
  private final byte[] payload;

  private Frame(int type, int flags, int stream, byte[] payload) {
    this.type = type;
    this.flags = flags;
    this.stream = stream;
    this.payload = payload;
  }

  /**
   * {@return any frame}
   *
   * @param type the type, also an unknown one
   * @param flags the flags
   * @param stream the stream, 0 for the connection
   * @param payload the payload
   */
  public static Frame of(int type, int flags, int stream, byte... payload) {
    return new Frame(type, flags, stream, payload.clone());
  }

  /**
   * {@return SETTINGS}
   *
   * @param settings the settings
   */
  public static Frame settings(Http2Settings settings) {
    return new Frame(SETTINGS, 0, 0, settings.payload());
  }

  /** {@return the acknowledgement of SETTINGS} */
  public static Frame settingsAck() {
    return of(SETTINGS, ACK, 0);
  }

  /**
   * {@return HEADERS with a whole header block}
   *
   * @param stream the stream
   * @param block the block
   */
  public static Frame headers(int stream, HeaderBlock block) {
    return of(HEADERS, END_HEADERS, stream, block.bytes());
  }

  /**
   * {@return DATA that does not end the stream}
   *
   * @param stream the stream
   * @param content the content
   */
  public static Frame data(int stream, byte... content) {
    return of(DATA, 0, stream, content);
  }

  /**
   * {@return DATA that does not end the stream}
   *
   * @param stream the stream
   * @param content the content, as UTF-8
   */
  public static Frame data(int stream, String content) {
    return data(stream, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * {@return RST_STREAM}
   *
   * @param stream the stream
   * @param errorCode one of {@link ErrorCodes}, or any other
   */
  public static Frame reset(int stream, int errorCode) {
    return of(RST_STREAM, 0, stream, ints(errorCode));
  }

  /**
   * {@return GOAWAY without debug data}
   *
   * @param lastStream the last stream that is or may be processed
   * @param errorCode one of {@link ErrorCodes}, or any other
   */
  public static Frame goAway(int lastStream, int errorCode) {
    return of(GOAWAY, 0, 0, ints(lastStream, errorCode));
  }

  /**
   * {@return PING}
   *
   * @param content the content, which the reply must repeat
   */
  public static Frame ping(long content) {
    return of(PING, 0, 0, longs(content));
  }

  /**
   * {@return the reply to a PING}
   *
   * @param content the content of the PING
   */
  public static Frame pingAck(long content) {
    return of(PING, ACK, 0, longs(content));
  }

  /**
   * {@return WINDOW_UPDATE}
   *
   * @param stream the stream, 0 for the connection
   * @param increment how many bytes more
   */
  public static Frame windowUpdate(int stream, int increment) {
    return of(WINDOW_UPDATE, 0, stream, ints(increment));
  }

  /**
   * {@return PUSH_PROMISE with a whole header block}
   *
   * @param stream the stream it comes on
   * @param promised the stream it promises
   * @param block the block
   */
  public static Frame pushPromise(int stream, int promised, HeaderBlock block) {
    byte[] bytes = block.bytes();
    ByteBuffer payload = ByteBuffer.allocate(4 + bytes.length).putInt(promised).put(bytes);
    return of(PUSH_PROMISE, END_HEADERS, stream, payload.array());
  }

  /**
   * {@return CONTINUATION}
   *
   * @param stream the stream
   * @param part the next part of the header block
   */
  public static Frame continuation(int stream, byte... part) {
    return of(CONTINUATION, 0, stream, part);
  }

  /** {@return the same frame with {@link #END_STREAM}} */
  public Frame endStream() {
    return with(END_STREAM);
  }

  /**
   * {@return the same frame with more flags}
   *
   * @param more the flags to add
   */
  public Frame with(int more) {
    return new Frame(type, flags | more, stream, payload);
  }

  /**
   * {@return the same frame with fewer flags}
   *
   * @param fewer the flags to remove
   */
  public Frame without(int fewer) {
    return new Frame(type, flags & ~fewer, stream, payload);
  }

  /** {@return the type} */
  public int type() {
    return type;
  }

  /** {@return the flags} */
  public int flags() {
    return flags;
  }

  /**
   * {@return whether it has a flag}
   *
   * @param flag the flag
   */
  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** {@return the stream, 0 for the connection} */
  public int stream() {
    return stream;
  }

  /** {@return the payload} */
  public byte[] payload() {
    return payload.clone();
  }

  /** {@return how long the payload is} */
  public int length() {
    return payload.length;
  }

  /**
   * {@return a number in the payload, such as the error code of RST_STREAM (at 0) or of GOAWAY (at
   * 4), or the increment of WINDOW_UPDATE (at 0)}
   *
   * @param at where its four bytes begin
   */
  public int intAt(int at) {
    return ByteBuffer.wrap(payload).getInt(at);
  }

  /** {@return the payload without padding and priority} */
  public byte[] content() {
    int from = 0;
    int to = payload.length;
    boolean canBePadded = type == DATA || type == HEADERS || type == PUSH_PROMISE;
    if (canBePadded && has(PADDED)) {
      to -= payload[0] & 0xff;
      from = 1;
    }
    if (type == HEADERS && has(WITH_PRIORITY)) {
      from += 5;
    }
    if (from > to) {
      throw new AssertionError("the client pads more than there is: " + this);
    }
    return Arrays.copyOfRange(payload, from, to);
  }

  /** {@return the frame as it is sent} */
  public byte[] bytes() {
    return ByteBuffer.allocate(HEADER_LENGTH + payload.length)
        .put((byte) (payload.length >>> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** {@return the length of the payload, from the nine bytes of a frame header} */
  static int lengthIn(byte[] header) {
    return ((header[0] & 0xff) << 16) | ((header[1] & 0xff) << 8) | (header[2] & 0xff);
  }

  static Frame received(byte[] header, byte[] payload) {
    int stream = ByteBuffer.wrap(header).getInt(5) & 0x7fffffff;
    return new Frame(header[3] & 0xff, header[4] & 0xff, stream, requireNonNull(payload));
  }

  /** {@return the name of a type} */
  static String name(int type) {
    return type < NAMES.size() ? NAMES.get(type) : "type " + type;
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private static byte[] longs(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  @Override
  public String toString() {
    return String.format("%s stream=%d flags=0x%x length=%d", name(type), stream, flags, length());
  }
}
