package io.httptrace.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** Answers over HTTP/1.1: understands what clients send in these workloads, and no more. */
final class Http1ServerHandler extends ChannelInboundHandlerAdapter {
  /** Finds CR LF CR LF. */
  private static final int BLANK_LINE = 4;

  private final Counters counters;
  private @Nullable ByteBuf rest;
  private @Nullable Echo echo;

  Http1ServerHandler(Counters counters) {
    this.counters = counters;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    ByteBuf before = rest;
    if (before != null) {
      rest = null;
      before.writeBytes(in);
      in.release();
      in = before;
    }
    try {
      while (in.isReadable() && (echo != null ? body(context, in, echo) : head(context, in))) {
        // Requests may come several at once.
      }
      if (in.isReadable()) {
        rest = context.alloc().buffer(Math.max(1024, 2 * in.readableBytes())).writeBytes(in);
      }
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  private static int endOfHead(ByteBuf in) {
    for (int i = in.readerIndex(); i + BLANK_LINE <= in.writerIndex(); i++) {
      if (in.getByte(i) == '\r' && in.getInt(i) == 0x0d0a0d0a) {
        return i + BLANK_LINE;
      }
    }
    return -1;
  }

  /** {@return whether it was whole} */
  private boolean head(ChannelHandlerContext context, ByteBuf in) {
    int start = in.readerIndex();
    int end = endOfHead(in);
    if (end < 0) {
      return false;
    }
    in.readerIndex(end);
    if (in.getByte(start) == 'G') {
      get(context, (char) in.getByte(start + "GET /".length()));
    } else {
      Echo begun = new Echo(in.toString(start, end - start, US_ASCII), context.alloc());
      if (begun.expectsContinue() && !in.isReadable()) {
        context.writeAndFlush(Responses.CONTINUE.duplicate());
      }
      echo = begun;
      // Without a body it is complete.
      body(context, in, begun);
    }
    return true;
  }

  private void get(ChannelHandlerContext context, char first) {
    counters.requests.increment();
    switch (first) {
      case 'h' -> context.write(Responses.HELLO.duplicate(), context.voidPromise());
      case '1' -> context.write(Responses.MEGABYTE.duplicate(), context.voidPromise());
      case 'c' ->
          context
              .writeAndFlush(Responses.CLOSING.duplicate())
              .addListener(ChannelFutureListener.CLOSE);
      default -> context.write(Responses.NOT_FOUND.duplicate(), context.voidPromise());
    }
  }

  /** {@return whether there was progress} */
  private boolean body(ChannelHandlerContext context, ByteBuf in, Echo of) {
    if (!of.take(in)) {
      return false;
    }
    counters.requests.increment();
    echo = null;
    context.write(of.response(), context.voidPromise());
    return true;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (rest != null) {
      rest.release();
      rest = null;
    }
    if (echo != null) {
      echo.release();
      echo = null;
    }
  }

  /** A client process that ends resets its connections. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
