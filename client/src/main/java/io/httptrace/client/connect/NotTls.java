package io.httptrace.client.connect;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says what a peer speaks that does not speak TLS. Netty quotes what has come, in hexadecimal,
 * where nobody would find a secret to mask it; so its error is not passed on. On the event loop.
 */
final class NotTls {
  private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);

  private final byte[] first = new byte[HTTP.length];
  private int seen;

  /** Before the handler of TLS: sees what comes first. */
  private final class Before extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof ByteBuf bytes) {
        int more = Math.min(first.length - seen, bytes.readableBytes());
        bytes.getBytes(bytes.readerIndex(), first, seen, more);
        seen += more;
      }
      if (seen == first.length) {
        context.pipeline().remove(this);
      }
      context.fireChannelRead(message);
    }
  }

  /** After the handler of TLS, as long as there is one: what comes later may not be TLS either. */
  private final class After extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      SSLException plain = plain(cause);
      context.fireExceptionCaught(plain == null ? cause : new DecoderException(plain));
    }
  }

  /** {@return what sees the first bytes} */
  ChannelHandler probe() {
    return new Before();
  }

  /** {@return what replaces Netty's error} */
  ChannelHandler errors() {
    return new After();
  }

  /** {@return what to say in place of an error, or null if that is about something else} */
  @Nullable SSLException plain(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof NotSslRecordException) {
        return new SSLException(
            Arrays.equals(first, HTTP)
                ? "answered in plain HTTP"
                : "the answer is not a TLS record");
      }
    }
    return null;
  }
}
