package io.httptrace.conformance.http2.hpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A header block, under full control of the script (RFC 7541, section 6): fields are literals, not
 * indexed and without Huffman coding, unless another method is used. Immutable.
 */
public final class HeaderBlock {
  private static final HeaderBlock EMPTY = new HeaderBlock(List.of());
  private static final int INDEXED = 0x80;
  private static final int WITH_INDEXING = 0x40;
  private static final int TABLE_SIZE = 0x20;

  private final List<byte[]> parts;

  private HeaderBlock(List<byte[]> parts) {
    this.parts = parts;
  }

  /** {@return a block without fields} */
  public static HeaderBlock empty() {
    return EMPTY;
  }

  /**
   * {@return a block that begins a response}
   *
   * @param status the status code
   */
  public static HeaderBlock status(int status) {
    return EMPTY.field(":status", String.valueOf(status));
  }

  /**
   * {@return this with one more field, which is added to no table}
   *
   * @param name its name, sent as it is
   * @param value its value, each character as one byte
   */
  public HeaderBlock field(String name, String value) {
    return literal(0, name, value);
  }

  /**
   * {@return this with one more field, which both sides add to their dynamic tables}
   *
   * @param name its name
   * @param value its value
   */
  public HeaderBlock indexedField(String name, String value) {
    return literal(WITH_INDEXING, name, value);
  }

  /**
   * {@return this with a field of a table}
   *
   * @param index its place; 62 is the newest field of the dynamic table
   */
  public HeaderBlock index(int index) {
    return raw(integer(INDEXED, 7, index));
  }

  /**
   * {@return this with a change of the size of the dynamic table}
   *
   * @param size the new size
   */
  public HeaderBlock tableSize(int size) {
    return raw(integer(TABLE_SIZE, 5, size));
  }

  /**
   * {@return this with any bytes}
   *
   * @param bytes the bytes
   */
  public HeaderBlock raw(byte... bytes) {
    List<byte[]> more = new ArrayList<>(parts);
    more.add(bytes.clone());
    return new HeaderBlock(more);
  }

  /** {@return the block as it is sent} */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    parts.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  private HeaderBlock literal(int kind, String name, String value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(kind);
    text(bytes, name);
    text(bytes, value);
    return raw(bytes.toByteArray());
  }

  private static void text(ByteArrayOutputStream bytes, String text) {
    byte[] content = text.getBytes(ISO_8859_1);
    bytes.writeBytes(integer(0, 7, content.length));
    bytes.writeBytes(content);
  }

  /** Encodes an integer (RFC 7541, section 5.1). */
  private static byte[] integer(int kind, int prefix, int value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int most = (1 << prefix) - 1;
    if (value < most) {
      bytes.write(kind | value);
      return bytes.toByteArray();
    }
    bytes.write(kind | most);
    int rest = value - most;
    while (rest >= 0x80) {
      bytes.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.write(rest);
    return bytes.toByteArray();
  }
}
