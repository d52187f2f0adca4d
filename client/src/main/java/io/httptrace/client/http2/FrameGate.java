package io.httptrace.client.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

/**
 * Sees all frames of the server before Netty acts on them, and decides which it acts on. Counts
 * what brings no request forward; drops what comes for a stream that has ended, which Netty would
 * answer with an error each time though it may just have been on its way; and drops priorities,
 * which RFC 9113 has done away with. Used on the event loop.
 */
final class FrameGate implements Http2FrameListener {
  /** What may yet come for streams that have ended, at most. */
  private static final long MOST_LATE_BYTES = 64L << 20;

  private final Http2Connection connection;
  private final FloodGuard guard;
  private final AckWriter acks;
  private @Nullable Http2FrameListener next;

  /** What may yet come for streams that have ended: no more than had been allowed on them. */
  private long lateBytes;

  FrameGate(Http2Connection connection, FloodGuard guard, AckWriter acks) {
    this.connection = connection;
    this.guard = guard;
    this.acks = acks;
  }

  /** {@return this, in front of a listener} */
  Http2FrameListener before(Http2FrameListener listener) {
    next = listener;
    return this;
  }

  private Http2FrameListener next() {
    Http2FrameListener listener = next;
    if (listener == null) {
      throw new IllegalStateException("no frame has been read");
    }
    return listener;
  }

  /** A frame continues a head. */
  void partOfHead() throws Http2Exception {
    guard.spend(FloodGuard.FRAME);
  }

  /**
   * A stream has ended.
   *
   * @param window what the server was allowed to send on it at a time
   */
  void streamClosed(int window) {
    lateBytes = Math.min(lateBytes + window, MOST_LATE_BYTES);
  }

  private boolean hasEnded(int stream) {
    return connection.stream(stream) == null && connection.streamMayHaveExisted(stream);
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream)
      throws Http2Exception {
    int size = data.readableBytes() + padding;
    if (hasEnded(streamId)) {
      lateBytes -= size;
      if (lateBytes < 0) {
        throw Http2Exception.connectionError(
            Http2Error.STREAM_CLOSED, "more content for streams that have ended than was allowed");
      }
      if (!data.isReadable()) {
        guard.spend(FloodGuard.FRAME);
      }
      connection
          .local()
          .flowController()
          .receiveFlowControlledFrame(null, data, padding, endOfStream);
      return size;
    }
    if (data.isReadable()) {
      guard.earn(FloodGuard.HEAD);
    } else if (!endOfStream) {
      guard.spend(FloodGuard.FRAME);
      if (padding == 0 && connection.stream(streamId) != null) {
        return 0;
      }
    }
    return next().onDataRead(ctx, streamId, data, padding, endOfStream);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean end)
      throws Http2Exception {
    if (hasEnded(streamId)) {
      guard.spend(FloodGuard.HEAD);
      return;
    }
    CharSequence status = headers.status();
    if (status != null && status.length() > 0 && status.charAt(0) == '1') {
      guard.spend(FloodGuard.HEAD);
    } else {
      guard.earn(FloodGuard.HEAVY);
    }
    next().onHeadersRead(ctx, streamId, headers, padding, end);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int streamDependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endOfStream)
      throws Http2Exception {
    onHeadersRead(ctx, streamId, headers, padding, endOfStream);
  }

  @Override
  public void onPriorityRead(
      ChannelHandlerContext ctx, int streamId, int dependency, short weight, boolean exclusive)
      throws Http2Exception {
    guard.spend(FloodGuard.FRAME);
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode)
      throws Http2Exception {
    if (hasEnded(streamId)) {
      guard.spend(FloodGuard.FRAME);
    } else {
      next().onRstStreamRead(ctx, streamId, errorCode);
    }
  }

  @Override
  public void onSettingsAckRead(ChannelHandlerContext ctx) throws Http2Exception {
    guard.spend(FloodGuard.FRAME);
    next().onSettingsAckRead(ctx);
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
      throws Http2Exception {
    guard.spend(FloodGuard.HEAVY);
    next().onSettingsRead(ctx, settings);
  }

  @Override
  public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
    guard.spend(FloodGuard.ANSWERED);
    next().onPingRead(ctx, data);
    acks.ping(ctx, data);
  }

  @Override
  public void onPingAckRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
    guard.spend(FloodGuard.FRAME);
    next().onPingAckRead(ctx, data);
  }

  @Override
  public void onPushPromiseRead(
      ChannelHandlerContext ctx,
      int streamId,
      int promisedStreamId,
      Http2Headers headers,
      int padding)
      throws Http2Exception {
    next().onPushPromiseRead(ctx, streamId, promisedStreamId, headers, padding);
  }

  @Override
  public void onGoAwayRead(
      ChannelHandlerContext ctx, int lastStreamId, long errorCode, ByteBuf debugData)
      throws Http2Exception {
    guard.spend(FloodGuard.HEAVY);
    next().onGoAwayRead(ctx, lastStreamId, errorCode, debugData);
  }

  @Override
  public void onWindowUpdateRead(ChannelHandlerContext ctx, int streamId, int increment)
      throws Http2Exception {
    guard.spend(FloodGuard.FRAME);
    next().onWindowUpdateRead(ctx, streamId, increment);
  }

  @Override
  public void onUnknownFrame(
      ChannelHandlerContext ctx, byte frameType, int streamId, Http2Flags flags, ByteBuf payload)
      throws Http2Exception {
    guard.spend(FloodGuard.FRAME);
    next().onUnknownFrame(ctx, frameType, streamId, flags, payload);
  }
}
