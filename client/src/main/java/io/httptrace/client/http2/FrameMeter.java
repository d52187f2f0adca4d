package io.httptrace.client.http2;

import io.netty.buffer.ByteBuf;

/**
 * Counts the bytes of frames by stream, from the bytes of a connection in one direction (RFC 9113,
 * section 4.1).
 */
final class FrameMeter {
  private static final int FRAME_HEADER = 9;

  /** Where the header says the stream. */
  private static final int STREAM_AT = 5;

  private final Count count;

  /** Bytes that belong to no frame: those of the preface, and the rest of a frame. */
  private long skip;

  private int headerRead;
  private int length;
  private int stream;

  /** Takes what has been counted. */
  interface Count {
    /**
     * A frame has begun.
     *
     * @param stream its stream, 0 for the connection
     * @param bytes its length with its header
     */
    void frame(int stream, long bytes);
  }

  /**
   * Makes a meter.
   *
   * @param preface how many bytes come before the first frame
   */
  FrameMeter(int preface, Count count) {
    this.skip = preface;
    this.count = count;
  }

  /** Looks at bytes, and leaves them as they are. */
  void see(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end) {
      if (skip > 0) {
        long skipped = Math.min(skip, end - at);
        skip -= skipped;
        at += (int) skipped;
      } else if (headerRead == 0 && end - at >= FRAME_HEADER) {
        begin(bytes.getUnsignedMedium(at), bytes.getInt(at + STREAM_AT));
        at += FRAME_HEADER;
      } else {
        header(bytes.getByte(at) & 0xFF);
        at++;
      }
    }
  }

  private void begin(int payload, int streamField) {
    count.frame(streamField & 0x7FFFFFFF, (long) FRAME_HEADER + payload);
    skip = payload;
  }

  private void header(int octet) {
    if (headerRead < 3) {
      length = (length << 8 | octet) & 0xFFFFFF;
    } else if (headerRead >= STREAM_AT) {
      stream = stream << 8 | octet;
    }
    headerRead++;
    if (headerRead == FRAME_HEADER) {
      begin(length, stream);
      headerRead = 0;
      length = 0;
      stream = 0;
    }
  }
}
