package io.httptrace.client.http2;

import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.errors.Http2Exception.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a server says first, which has to be SETTINGS (RFC 9113, section 3.4), and says
 * what it is if it is not. Netty would quote it, in hexadecimal, where nobody would find a secret
 * to mask it. On the event loop.
 */
final class NotHttp2 extends ChannelInboundHandlerAdapter {
  private static final int TYPE_AT = 3;
  private static final int HTTP = 'H' << 24 | 'T' << 16 | 'T' << 8 | 'P';
  private static final int TLS_ALERT = 0x15;

  private int first;
  private int seen;
  private boolean failed;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes && !failed) {
      for (int i = bytes.readerIndex(); i < bytes.writerIndex() && seen <= TYPE_AT; i++) {
        first = first << 8 | (bytes.getByte(i) & 0xff);
        seen++;
      }
    }
    String other = seen <= TYPE_AT ? null : other();
    if (other != null) {
      ReferenceCountUtil.release(message);
      if (!failed) {
        failed = true;
        context.fireExceptionCaught(
            new Http2Exception(
                Reason.CONNECTION_ERROR, Http2Error.PROTOCOL_ERROR.code(), false, other, null));
      }
      return;
    }
    if (seen > TYPE_AT) {
      context.pipeline().remove(this);
    }
    context.fireChannelRead(message);
  }

  /** {@return what the server speaks instead, or null if it is HTTP/2} */
  private @Nullable String other() {
    if ((first & 0xff) == Http2FrameTypes.SETTINGS) {
      return null;
    }
    if (first == HTTP) {
      return "answered in HTTP/1";
    }
    return first >>> 24 == TLS_ALERT ? "answered by TLS" : "the answer is not HTTP/2";
  }
}
