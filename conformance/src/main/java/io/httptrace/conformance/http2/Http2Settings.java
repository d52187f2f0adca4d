package io.httptrace.conformance.http2;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The content of a SETTINGS frame (RFC 9113, section 6.5). Immutable; values are not checked. */
public final class Http2Settings {
  /** SETTINGS_HEADER_TABLE_SIZE. */
  public static final int HEADER_TABLE_SIZE = 0x1;

  /** SETTINGS_ENABLE_PUSH. */
  public static final int ENABLE_PUSH = 0x2;

  /** SETTINGS_MAX_CONCURRENT_STREAMS. */
  public static final int MAX_CONCURRENT_STREAMS = 0x3;

  /** SETTINGS_INITIAL_WINDOW_SIZE. */
  public static final int INITIAL_WINDOW_SIZE = 0x4;

  /** SETTINGS_MAX_FRAME_SIZE. */
  public static final int MAX_FRAME_SIZE = 0x5;

  /** SETTINGS_MAX_HEADER_LIST_SIZE. */
  public static final int MAX_HEADER_LIST_SIZE = 0x6;

  private static final int LENGTH = 6;
  private static final Http2Settings NONE = new Http2Settings(List.of());

  private record Entry(int id, long value) {}

  private final List<Entry> entries;

  private Http2Settings(List<Entry> entries) {
    this.entries = entries;
  }

  /** {@return no settings: everything at its default} */
  public static Http2Settings none() {
    return NONE;
  }

  /**
   * {@return these with one more, after the others}
   *
   * @param id its number, also an unknown one
   * @param value its value, of 32 bits
   */
  public Http2Settings with(int id, long value) {
    List<Entry> more = new ArrayList<>(entries);
    more.add(new Entry(id, value & 0xffffffffL));
    return new Http2Settings(List.copyOf(more));
  }

  /**
   * {@return these with SETTINGS_MAX_CONCURRENT_STREAMS}
   *
   * @param count how many
   */
  public Http2Settings maxConcurrentStreams(int count) {
    return with(MAX_CONCURRENT_STREAMS, count);
  }

  /**
   * {@return these with SETTINGS_INITIAL_WINDOW_SIZE}
   *
   * @param bytes how many
   */
  public Http2Settings initialWindowSize(int bytes) {
    return with(INITIAL_WINDOW_SIZE, bytes);
  }

  /**
   * {@return the value of a setting, the last one if there are several; empty if there is none}
   *
   * @param id its number
   */
  public OptionalLong value(int id) {
    return entries.stream()
        .filter(entry -> entry.id == id)
        .mapToLong(Entry::value)
        .reduce((first, second) -> second);
  }

  /** {@return these and then others} */
  Http2Settings and(Http2Settings others) {
    List<Entry> all = new ArrayList<>(entries);
    all.addAll(others.entries);
    return new Http2Settings(List.copyOf(all));
  }

  byte[] payload() {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH * entries.size());
    entries.forEach(entry -> bytes.putShort((short) entry.id).putInt((int) entry.value));
    return bytes.array();
  }

  static Http2Settings parse(byte[] payload) {
    if (payload.length % LENGTH != 0) {
      throw new AssertionError("the client sent SETTINGS of " + payload.length + " bytes");
    }
    List<Entry> entries = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(payload);
    while (bytes.hasRemaining()) {
      entries.add(new Entry(bytes.getShort() & 0xffff, bytes.getInt() & 0xffffffffL));
    }
    return new Http2Settings(List.copyOf(entries));
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
