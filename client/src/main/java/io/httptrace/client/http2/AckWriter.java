package io.httptrace.client.http2;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * Acknowledges SETTINGS and PING, as long as the server also reads. What waits to be written is
 * bounded, as in nghttp2. Used on the event loop.
 */
final class AckWriter {
  private static final int MOST_WAITING = 1_000;

  private final Http2ConnectionEncoder encoder;
  private int waiting;

  AckWriter(Http2ConnectionEncoder encoder) {
    this.encoder = encoder;
  }

  void settings(ChannelHandlerContext ctx) throws Http2Exception {
    makeRoom(ctx);
    count(encoder.writeSettingsAck(ctx, ctx.newPromise()));
  }

  void ping(ChannelHandlerContext ctx, long data) throws Http2Exception {
    makeRoom(ctx);
    count(encoder.writePing(ctx, true, data, ctx.newPromise()));
  }

  private void makeRoom(ChannelHandlerContext ctx) throws Http2Exception {
    if (waiting >= MOST_WAITING) {
      ctx.flush();
    }
    if (waiting >= MOST_WAITING) {
      throw Http2Exception.connectionError(
          Http2Error.ENHANCE_YOUR_CALM, "the server does not read what it asks for");
    }
  }

  private void count(ChannelFuture write) {
    waiting++;
    write.addListener(f -> waiting--);
  }
}
