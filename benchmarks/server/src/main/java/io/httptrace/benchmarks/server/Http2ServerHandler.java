package io.httptrace.benchmarks.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Settings;

/** A connection of HTTP/2. */
final class Http2ServerHandler extends Http2ConnectionHandler {
  private static final int MAX_STREAMS = 256;
  private static final int WINDOW = 1 << 20;

  private Http2ServerHandler(
      Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
    super(decoder, encoder, settings, false, true);
  }

  static Http2ServerHandler counting(Counters counters) {
    return new Builder(counters).build();
  }

  /** A client process that ends resets its connections. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<Http2ServerHandler, Builder> {
    private final Http2Answers answers;

    Builder(Counters counters) {
      answers = new Http2Answers(counters);
      server(true);
      initialSettings(
          Http2Settings.defaultSettings()
              .maxConcurrentStreams(MAX_STREAMS)
              .initialWindowSize(WINDOW));
      frameListener(answers);
      // Clients begin and end streams as fast as they can here; that is no attack.
      decoderEnforceMaxConsecutiveEmptyDataFrames(0);
      decoderEnforceMaxRstFramesPerWindow(0, 1);
      encoderEnforceMaxConcurrentStreams(false);
    }

    @Override
    protected Http2ServerHandler build() {
      return super.build();
    }

    @Override
    protected Http2ServerHandler build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      answers.encodeWith(encoder);
      return new Http2ServerHandler(decoder, encoder, settings);
    }
  }
}
