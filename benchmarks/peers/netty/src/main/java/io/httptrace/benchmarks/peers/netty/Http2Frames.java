package io.httptrace.benchmarks.peers.netty;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

/** Reads and writes frames. What is written while it reads goes out when it has read. */
final class Http2Frames extends Http2ConnectionHandler {
  private static final int WINDOW = 16 << 20;

  private @Nullable ChannelHandlerContext context;
  private boolean reading;

  private Http2Frames(
      Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
    super(decoder, encoder, settings);
  }

  static Http2Frames of(NettyHttp2 connection) {
    return new Builder(connection).build();
  }

  ChannelHandlerContext context() {
    return requireNonNull(context);
  }

  void flushUnlessReading() {
    if (!reading) {
      context().flush();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) throws Exception {
    context = added;
    super.handlerAdded(added);
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) throws Exception {
    reading = true;
    super.channelRead(from, message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) throws Exception {
    reading = false;
    super.channelReadComplete(from);
  }

  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<Http2Frames, Builder> {
    private final NettyHttp2 connection;

    Builder(NettyHttp2 connection) {
      this.connection = connection;
      server(false);
      initialSettings(Http2Settings.defaultSettings().pushEnabled(false).initialWindowSize(WINDOW));
      frameListener(connection);
    }

    @Override
    protected Http2Frames build() {
      return super.build();
    }

    @Override
    protected Http2Frames build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      Http2Frames frames = new Http2Frames(decoder, encoder, settings);
      connection.writeWith(frames);
      return frames;
    }
  }
}
