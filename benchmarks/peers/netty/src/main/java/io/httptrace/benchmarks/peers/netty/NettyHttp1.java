package io.httptrace.benchmarks.peers.netty;

import static java.util.Objects.requireNonNull;

import io.httptrace.benchmarks.peer.Workload;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request after the other. */
final class NettyHttp1 extends ChannelInboundHandlerAdapter {
  private final String authority;
  private final Consumer<NettyHttp1> onFree;
  private @Nullable ChannelHandlerContext context;
  private @Nullable NettyExchange current;

  /**
   * Makes one.
   *
   * @param onFree takes it when it can have another request
   */
  NettyHttp1(String authority, Consumer<NettyHttp1> onFree) {
    this.authority = authority;
    this.onFree = onFree;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  void send(NettyExchange exchange) {
    ChannelHandlerContext to = requireNonNull(context);
    if (to.executor().inEventLoop()) {
      write(to, exchange);
    } else {
      to.executor().execute(() -> write(to, exchange));
    }
  }

  private void write(ChannelHandlerContext to, NettyExchange exchange) {
    current = exchange;
    byte[] post = exchange.post();
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            post == null ? HttpMethod.GET : HttpMethod.POST,
            exchange.path(),
            post == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(post));
    request.headers().set(HttpHeaderNames.HOST, authority);
    if (post != null) {
      request.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, post.length);
    }
    to.writeAndFlush(request, to.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    NettyExchange exchange = requireNonNull(current);
    if (message instanceof HttpResponse response) {
      exchange.head(
          response.status().code(), response.headers().getInt(HttpHeaderNames.CONTENT_LENGTH, 0));
    }
    if (message instanceof HttpContent content) {
      exchange.content(content.content());
      content.release();
      if (message instanceof LastHttpContent) {
        current = null;
        if (!exchange.path().equals(Workload.CLOSE)) {
          onFree.accept(this);
        }
        exchange.end();
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    if (current != null) {
      current.completeExceptionally(cause);
    }
    from.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    if (current != null) {
      current.completeExceptionally(new IOException("closed"));
    }
  }
}
