package io.httptrace.conformance.http2.hpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Reads the client's header blocks (RFC 7541). An invalid one is an assertion error. */
public final class HpackDecoder {
  static final int DEFAULT_TABLE_SIZE = 4096;

  /** The newest field is the first one. */
  private final Deque<ReceivedField> dynamic = new ArrayDeque<>();

  private int size;
  private int capacity = DEFAULT_TABLE_SIZE;
  private long limit = DEFAULT_TABLE_SIZE;

  /** Makes a decoder for a new connection. */
  public HpackDecoder() {}

  /**
   * Sets the size of the table that the client may use.
   *
   * @param bytes the size, as SETTINGS_HEADER_TABLE_SIZE counts
   */
  public void limit(long bytes) {
    limit = bytes;
  }

  /**
   * {@return the fields of a header block}
   *
   * @param block a whole one
   * @throws AssertionError if it is malformed
   */
  public List<ReceivedField> decode(byte[] block) {
    List<ReceivedField> fields = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(block);
    try {
      while (in.hasRemaining()) {
        decode(in, fields);
      }
    } catch (BufferUnderflowException cut) {
      throw new AssertionError("the client sent a header block that ends too early", cut);
    }
    return fields;
  }

  private void decode(ByteBuffer in, List<ReceivedField> fields) {
    int first = in.get(in.position());
    if ((first & 0x80) != 0) {
      fields.add(field(integer(in, 7)));
    } else if ((first & 0xc0) == 0x40) {
      ReceivedField field = literal(in, 6, false);
      add(field);
      fields.add(field);
    } else if ((first & 0xe0) == 0x20) {
      check(fields.isEmpty(), "changed the size of its table in the middle of a block");
      resize(integer(in, 5));
    } else {
      fields.add(literal(in, 4, (first & 0x10) != 0));
    }
  }

  private ReceivedField literal(ByteBuffer in, int prefix, boolean neverIndexed) {
    int index = integer(in, prefix);
    String name = index == 0 ? text(in) : field(index).name();
    return new ReceivedField(name, text(in), neverIndexed);
  }

  private ReceivedField field(int index) {
    check(index > 0, "used index 0");
    if (index <= StaticTable.size()) {
      return StaticTable.get(index);
    }
    int place = index - StaticTable.size() - 1;
    check(place < dynamic.size(), "used index " + index + " which its table does not have");
    Iterator<ReceivedField> fields = dynamic.iterator();
    for (int i = 0; i < place; i++) {
      fields.next();
    }
    return fields.next();
  }

  private void add(ReceivedField field) {
    dynamic.addFirst(field);
    size += field.size();
    evict();
  }

  private void resize(int bytes) {
    check(bytes <= limit, "made its table of " + bytes + " bytes where " + limit + " are allowed");
    capacity = bytes;
    evict();
  }

  private void evict() {
    while (size > capacity) {
      size -= dynamic.removeLast().size();
    }
  }

  /** Decodes an integer (RFC 7541, section 5.1). */
  private static int integer(ByteBuffer in, int prefix) {
    int most = (1 << prefix) - 1;
    int value = in.get() & most;
    if (value < most) {
      return value;
    }
    for (int shift = 0; shift < 28; shift += 7) {
      int next = in.get();
      value += (next & 0x7f) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw new AssertionError("the client sent a number in a header block that is too long");
  }

  /** Decodes a string (RFC 7541, section 5.2). */
  private static String text(ByteBuffer in) {
    check(in.hasRemaining(), "sent a header block that is cut off");
    boolean huffman = (in.get(in.position()) & 0x80) != 0;
    int length = integer(in, 7);
    check(length <= in.remaining(), "sent a text in a header block that is cut off");
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(huffman ? HuffmanCode.decode(bytes) : bytes, ISO_8859_1);
  }

  private static void check(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError("the client " + what);
    }
  }
}
