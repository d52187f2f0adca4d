package io.httptrace.client.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * Takes out of the settings of a server what is better not heeded. That it would accept pushes,
 * which no client sends, does no harm, but would end the connection: RFC 9113, section 6.5.2, makes
 * that an error; the JDK's client and Go's take no notice of it, and there are servers that send
 * their defaults. A larger table for fields is an offer that need not be taken.
 */
final class SettingsFilter extends Http2FrameListenerDecorator {
  /** Larger tables would grow with what we send, at the server's bidding (RFC 7541, 4.2). */
  private static final long MOST_TABLE = Http2CodecUtil.DEFAULT_HEADER_TABLE_SIZE;

  private final AckWriter acks;

  /**
   * Makes the filter of one connection.
   *
   * @param listener is told of all frames
   * @param acks acknowledges settings, by which they are applied
   */
  SettingsFilter(Http2FrameListener listener, AckWriter acks) {
    super(listener);
    this.acks = acks;
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
      throws Http2Exception {
    settings.remove(Http2CodecUtil.SETTINGS_ENABLE_PUSH);
    Long table = settings.headerTableSize();
    if (table != null && table > MOST_TABLE) {
      settings.headerTableSize(MOST_TABLE);
    }
    acks.settings(ctx);
    super.onSettingsRead(ctx, settings);
  }
}
