package io.httptrace.asynchttpclient;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.asynchttpclient.exception.RemotelyClosedException;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the frames of HTTP/2, between the codec and what gives each stream a channel of its
 * own.
 */
final class AhcStreams extends ChannelDuplexHandler {
  // Used by the I/O thread.
  private final IdentityHashMap<Http2FrameStream, AhcExchange> exchanges = new IdentityHashMap<>();
  private @Nullable AhcExchange next;
  private @Nullable ChannelHandlerContext context;

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  /**
   * Begins an exchange, whose head is the next one that is written: AsyncHttpClient says on the I/O
   * thread that it sends a request, and then does so at once.
   */
  void begin(AhcExchange exchange) {
    next = exchange;
  }

  /** Ends an exchange; on any thread. */
  void end(AhcExchange exchange) {
    ChannelHandlerContext ctx = context;
    if (ctx == null || ctx.executor().inEventLoop()) {
      forget(exchange);
    } else {
      ctx.executor().execute(() -> forget(exchange));
    }
  }

  private void forget(AhcExchange exchange) {
    if (next == exchange) {
      next = null;
    }
    exchanges.values().remove(exchange);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    ChannelPromise told = promise;
    if (msg instanceof Http2StreamFrame frame) {
      AhcExchange exchange = exchanges.get(frame.stream());
      if (frame instanceof Http2HeadersFrame head && exchange == null && next != null) {
        told = writeHead(head, next, promise);
        next = null;
      } else if (exchange != null && isLast(frame)) {
        told = promise.unvoid();
        told.addListener(written -> exchange.wroteBody(written.cause()));
      } else if (exchange != null && frame instanceof Http2ResetFrame) {
        exchanges.remove(frame.stream());
      }
    }
    ctx.write(msg, told);
  }

  private ChannelPromise writeHead(
      Http2HeadersFrame head, AhcExchange exchange, ChannelPromise promise) {
    exchanges.put(head.stream(), exchange);
    exchange.writes();
    Http2Headers headers = head.headers();
    boolean whole = head.isEndStream();
    ChannelPromise told = promise.unvoid();
    told.addListener(
        written ->
            exchange.wroteHead(
                written.cause(), field -> AhcHttp2Fields.each(headers, field), whole));
    return told;
  }

  private static boolean isLast(Http2StreamFrame frame) {
    return (frame instanceof Http2DataFrame data && data.isEndStream())
        || (frame instanceof Http2HeadersFrame trailers && trailers.isEndStream());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    AhcExchange exchange =
        msg instanceof Http2StreamFrame frame ? exchanges.get(frame.stream()) : null;
    if (exchange != null && msg instanceof Http2StreamFrame frame && vetoed(ctx, exchange, frame)) {
      ReferenceCountUtil.release(msg);
      return;
    }
    ctx.fireChannelRead(msg);
  }

  /** {@return whether a hook aborts the request} */
  private boolean vetoed(ChannelHandlerContext ctx, AhcExchange exchange, Http2StreamFrame frame) {
    boolean vetoed = false;
    if (frame instanceof Http2HeadersFrame head) {
      exchange.bytesCome();
      vetoed = head(ctx, exchange, head);
    }
    if (frame instanceof Http2ResetFrame reset) {
      exchange.broken(new IOException("the stream was reset with error " + reset.errorCode()));
      exchanges.remove(frame.stream());
    } else if (!vetoed && isLast(frame)) {
      exchange.ends();
      exchanges.remove(frame.stream());
    }
    return vetoed;
  }

  private static boolean head(
      ChannelHandlerContext ctx, AhcExchange exchange, Http2HeadersFrame head) {
    int code = code(head.headers().status());
    if (code == 0) {
      return false; // These are trailers.
    }
    Map<String, List<String>> fields = AhcHttp2Fields.map(head.headers());
    if (code < 200) {
      return exchange.informational(code, fields, veto -> abort(ctx, head.stream(), veto));
    }
    exchange.head(code, "HTTP/2", fields);
    return false;
  }

  private static int code(@Nullable CharSequence status) {
    try {
      return status == null ? 0 : Integer.parseInt(status, 0, status.length(), 10);
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }

  /** Lets the channel of the stream fail, as if that had happened below it. */
  private static void abort(ChannelHandlerContext ctx, Http2FrameStream stream, Throwable error) {
    Runnable failing =
        () ->
            ctx.fireExceptionCaught(
                new Http2FrameStreamException(stream, Http2Error.CANCEL, error));
    if (ctx.executor().inEventLoop()) {
      failing.run();
    } else {
      ctx.executor().execute(failing);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    for (AhcExchange exchange : exchanges.values()) {
      exchange.broken(RemotelyClosedException.INSTANCE);
    }
    exchanges.clear();
    ctx.fireChannelInactive();
  }
}
