package io.httptrace.client.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * Takes out of the settings of a server what does no harm, but would end the connection: that it
 * would accept pushes, which no client sends. RFC 9113, section 6.5.2, makes that an error. The
 * JDK's client and Go's take no notice of it, and there are servers that send their defaults.
 */
final class SettingsFilter extends Http2FrameListenerDecorator {
  private final Http2ConnectionEncoder encoder;

  /**
   * Makes it.
   *
   * @param listener is told of all frames
   * @param encoder does not acknowledge settings before it is told to, and applies them then
   */
  SettingsFilter(Http2FrameListener listener, Http2ConnectionEncoder encoder) {
    super(listener);
    this.encoder = encoder;
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
      throws Http2Exception {
    settings.remove(Http2CodecUtil.SETTINGS_ENABLE_PUSH);
    encoder.writeSettingsAck(ctx, ctx.newPromise());
    super.onSettingsRead(ctx, settings);
  }
}
