package io.httptrace.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ByteProcessor;

/**
 * Answers each empty line, which ends the head of a request without a body, with the same response.
 * Heads may come in pieces and several at once.
 */
final class FixedResponseHandler extends ChannelInboundHandlerAdapter {
  static final int BODY_LENGTH = 100;

  private static final ByteBuf RESPONSE =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer()
              .writeBytes(
                  ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
                          + BODY_LENGTH
                          + "\r\n\r\n"
                          + "x".repeat(BODY_LENGTH))
                      .getBytes(US_ASCII)));

  private final HeadEnds ends = new HeadEnds();

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      bytes.forEachByte(ends);
    } finally {
      bytes.release();
    }
    for (int left = ends.take(); left > 0; left--) {
      context.write(RESPONSE.duplicate(), context.voidPromise());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A client process that ends resets its connections.
    context.close();
  }

  /** Counts occurrences of CR LF CR LF across buffers. */
  private static final class HeadEnds implements ByteProcessor {
    private int matched;
    private int count;

    @Override
    public boolean process(byte value) {
      boolean expected = value == ((matched & 1) == 0 ? '\r' : '\n');
      if (expected) {
        matched++;
      } else {
        matched = value == '\r' ? 1 : 0;
      }
      if (matched == 4) {
        matched = 0;
        count++;
      }
      return true;
    }

    private int take() {
      int taken = count;
      count = 0;
      return taken;
    }
  }
}
