package io.httptrace.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Locale;

/** The body of a POST, which is sent back. */
final class Echo {
  private static final int ROOM_FOR_HEAD = 160;
  private static final int LINE_END = 2;

  private final ByteBufAllocator allocator;
  private final ByteBuf body;
  private final boolean chunked;
  private final boolean expectsContinue;
  private long left;

  Echo(String head, ByteBufAllocator allocator) {
    this.allocator = allocator;
    boolean inChunks = false;
    boolean asks = false;
    for (String line : head.split("\r\n", -1)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        left = Long.parseLong(line.substring("content-length:".length()).strip());
      }
      inChunks |= lower.startsWith("transfer-encoding:");
      asks |= lower.startsWith("expect:");
    }
    chunked = inChunks;
    expectsContinue = asks;
    body = allocator.buffer(2048);
  }

  boolean expectsContinue() {
    return expectsContinue;
  }

  /** {@return whether the body is complete, with what there is of it here} */
  boolean take(ByteBuf in) {
    if (!chunked) {
      int count = (int) Math.min(left, in.readableBytes());
      body.writeBytes(in, count);
      left -= count;
      return left == 0;
    }
    for (int size = chunk(in); size >= 0; size = chunk(in)) {
      if (size == 0) {
        return true;
      }
    }
    return false;
  }

  /** {@return how long the next chunk was; negative if it is not whole} */
  private int chunk(ByteBuf in) {
    int start = in.readerIndex();
    int end = in.indexOf(start, in.writerIndex(), (byte) '\n');
    if (end < 0) {
      return -1;
    }
    String line = in.toString(start, end - start, US_ASCII).strip();
    int extension = line.indexOf(';');
    int size = Integer.parseInt(extension < 0 ? line : line.substring(0, extension), 16);
    if (in.writerIndex() < end + 1 + size + LINE_END) {
      return -1;
    }
    in.readerIndex(end + 1);
    body.writeBytes(in, size);
    in.skipBytes(LINE_END);
    return size;
  }

  /** {@return the response, which takes the body along} */
  ByteBuf response() {
    int length = body.readableBytes();
    ByteBuf response = allocator.buffer(ROOM_FOR_HEAD + length);
    response.writeCharSequence(Responses.head(length, false), US_ASCII);
    response.writeBytes(body);
    body.release();
    return response;
  }

  void release() {
    body.release();
  }
}
