package io.httptrace.client.body;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.ResponseException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Undoes gzip (RFC 1952), several members included, and notices a body that stops in the middle.
 *
 * <p>The JDK has the hard part, {@link Inflater}; its {@code GZIPInputStream} cannot stop for want
 * of input and go on later, and the decoder of Netty cannot tell whether the input is complete.
 */
public final class GzipDecoder implements ContentDecoder {
  private static final int OUTPUT = 1 << 14;

  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;

  /** The parts of a member; the optional ones are skipped if the flags do not name them. */
  private enum Part {
    HEADER,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    HEADER_CRC,
    DATA,
    TRAILER
  }

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] field = new byte[10];
  private Part part = Part.HEADER;
  private int fieldSize;
  private int flags;
  private int extraLeft;
  private boolean closed;

  @Override
  public void decode(ByteBuffer input, Consumer<ByteBuffer> output) throws IOException {
    try {
      boolean produced = false;
      while (input.hasRemaining() && !produced) {
        if (part == Part.DATA) {
          produced = inflate(input, output);
        } else {
          readFraming(input);
        }
      }
    } catch (DataFormatException | ZipException e) {
      throw new ResponseException(Reason.BAD_CONTENT_CODING, e);
    }
  }

  /** {@return whether there was output} */
  private boolean inflate(ByteBuffer input, Consumer<ByteBuffer> output)
      throws DataFormatException, ZipException {
    inflater.setInput(input);
    byte[] buffer = new byte[OUTPUT];
    int size = inflater.inflate(buffer);
    crc.update(buffer, 0, size);
    if (inflater.needsDictionary()) {
      throw new ZipException("a preset dictionary is needed");
    }
    if (inflater.finished()) {
      part = Part.TRAILER;
    }
    if (size > 0) {
      output.accept(ByteBuffer.wrap(size == OUTPUT ? buffer : Arrays.copyOf(buffer, size)));
    }
    return size > 0;
  }

  private void readFraming(ByteBuffer input) throws ZipException {
    byte next = input.get();
    switch (part) {
      case HEADER -> {
        if (collect(next, 10)) {
          header();
        }
      }
      case EXTRA_LENGTH -> {
        if (collect(next, 2)) {
          extraLeft = (int) littleEndian(0, 2);
          enter(extraLeft == 0 ? Part.NAME : Part.EXTRA);
        }
      }
      case EXTRA -> {
        if (--extraLeft == 0) {
          enter(Part.NAME);
        }
      }
      case NAME, COMMENT -> {
        if (next == 0) {
          enter(part == Part.NAME ? Part.COMMENT : Part.HEADER_CRC);
        }
      }
      case HEADER_CRC -> {
        if (collect(next, 2)) {
          enter(Part.DATA);
        }
      }
      case TRAILER -> {
        if (collect(next, 8)) {
          trailer();
        }
      }
      case DATA -> throw new IllegalStateException();
    }
  }

  /** Adds a byte to a field of fixed size; {@return whether the field is complete} */
  private boolean collect(byte next, int size) {
    field[fieldSize++] = next;
    if (fieldSize < size) {
      return false;
    }
    fieldSize = 0;
    return true;
  }

  private void header() throws ZipException {
    if ((field[0] & 0xff) != 0x1f || (field[1] & 0xff) != 0x8b || field[2] != 8) {
      throw new ZipException("not in gzip format");
    }
    flags = field[3];
    enter(Part.EXTRA_LENGTH);
  }

  /** Enters a part, or the first one after it that the flags name. */
  private void enter(Part next) {
    part = firstFrom(next);
  }

  private Part firstFrom(Part next) {
    return switch (next) {
      case EXTRA_LENGTH -> named(FEXTRA) ? next : firstFrom(Part.NAME);
      case NAME -> named(FNAME) ? next : firstFrom(Part.COMMENT);
      case COMMENT -> named(FCOMMENT) ? next : firstFrom(Part.HEADER_CRC);
      case HEADER_CRC -> named(FHCRC) ? next : Part.DATA;
      default -> next;
    };
  }

  private boolean named(int flag) {
    return (flags & flag) != 0;
  }

  private void trailer() throws ZipException {
    if (littleEndian(0, 4) != crc.getValue()
        || littleEndian(4, 4) != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("checksum or size is wrong");
    }
    crc.reset();
    inflater.reset();
    part = Part.HEADER;
  }

  private long littleEndian(int offset, int size) {
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = (value << 8) | (field[offset + i] & 0xff);
    }
    return value;
  }

  @Override
  public void end() throws IOException {
    boolean betweenMembers = part == Part.HEADER && fieldSize == 0;
    if (!closed && !betweenMembers) {
      throw new ResponseException(
          Reason.BAD_CONTENT_CODING, new EOFException("the body ends in the middle"));
    }
  }

  @Override
  public void close() {
    closed = true;
    inflater.end();
  }
}
