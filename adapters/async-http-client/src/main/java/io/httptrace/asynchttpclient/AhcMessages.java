package io.httptrace.asynchttpclient;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Map;
import org.asynchttpclient.exception.RemotelyClosedException;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.asynchttpclient.netty.OnLastHttpContentCallback;
import org.asynchttpclient.netty.channel.Channels;

/** Listens to the messages of HTTP/1.1, above the codec. */
final class AhcMessages extends ChannelDuplexHandler {
  private final AhcConnection connection;

  AhcMessages(AhcConnection connection) {
    this.connection = connection;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    AhcExchange exchange = connection.current();
    ChannelPromise told = promise;
    if (exchange != null && msg == exchange.request()) {
      boolean whole = msg instanceof LastHttpContent;
      HttpHeaders headers = exchange.request().headers();
      exchange.writes();
      told = promise.unvoid();
      told.addListener(
          written ->
              exchange.wroteHead(written.cause(), field -> AhcFields.each(headers, field), whole));
    } else if (exchange != null && exchange.isLast(size(msg), msg instanceof LastHttpContent)) {
      told = promise.unvoid();
      told.addListener(written -> exchange.wroteBody(written.cause()));
    }
    ctx.write(msg, told);
  }

  /** {@return how many bytes of the body are in a message} */
  private static long size(Object msg) {
    if (msg instanceof ByteBuf bytes) {
      return bytes.readableBytes();
    }
    if (msg instanceof ByteBufHolder holder) {
      return holder.content().readableBytes();
    }
    return msg instanceof FileRegion region ? region.count() : 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    AhcExchange exchange = connection.current();
    if (exchange == null) {
      ctx.fireChannelRead(msg);
      return;
    }
    if (msg instanceof HttpResponse response && response.decoderResult().isSuccess()) {
      int code = response.status().code();
      if (exchange.isTunnel()) {
        tunnelEnds(ctx, exchange, response);
        return;
      }
      Map<String, List<String>> fields = AhcFields.map(response.headers());
      if (code >= 200 || code == 101) {
        exchange.head(code, response.protocolVersion().text(), fields);
      } else if (exchange.informational(code, fields, veto -> abort(ctx.channel(), veto))) {
        ReferenceCountUtil.release(msg);
        return;
      }
    }
    if (msg instanceof LastHttpContent && (exchange.headRead() || exchange.isTunnel())) {
      exchange.ends();
      connection.end(exchange);
    }
    ctx.fireChannelRead(msg);
  }

  /** Passes the answer to CONNECT on, after which AsyncHttpClient begins a handshake. */
  private void tunnelEnds(ChannelHandlerContext ctx, AhcExchange exchange, HttpResponse response) {
    int code = response.status().code();
    exchange.tunnelEnds(code);
    SslHandler before = AhcConnection.tls(ctx.pipeline());
    long now = System.nanoTime();
    ctx.fireChannelRead(response);
    if (code == 200) {
      connection.tunnelled();
    }
    SslHandler after = AhcConnection.tls(ctx.pipeline());
    if (after != null && after != before) {
      AhcHandshake.listen(exchange.call(), now, after);
    }
  }

  /** Does what AsyncHttpClient does when something fails. */
  private static void abort(Channel channel, Throwable error) {
    Object attribute = Channels.getAttribute(channel);
    NettyResponseFuture<?> future =
        attribute instanceof OnLastHttpContentCallback callback
            ? callback.future()
            : attribute instanceof NettyResponseFuture<?> waiting ? waiting : null;
    if (future != null) {
      future.abort(error);
    }
    channel.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    broken(cause);
    ctx.fireExceptionCaught(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    broken(RemotelyClosedException.INSTANCE);
    ctx.fireChannelInactive();
  }

  private void broken(Throwable cause) {
    AhcExchange exchange = connection.current();
    if (exchange != null) {
      exchange.broken(cause);
    }
  }
}
