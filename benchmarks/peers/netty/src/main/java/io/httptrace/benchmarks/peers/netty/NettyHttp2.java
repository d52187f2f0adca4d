package io.httptrace.benchmarks.peers.netty;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.netty.util.collection.IntObjectHashMap;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** All requests on one connection, with no channel for a stream. */
final class NettyHttp2 extends Http2FrameAdapter {
  private static final AsciiString HTTPS = AsciiString.of("https");

  private final String authority;
  private final IntObjectHashMap<NettyExchange> streams = new IntObjectHashMap<>();
  private @Nullable Http2Frames frames;

  NettyHttp2(String authority) {
    this.authority = authority;
  }

  void writeWith(Http2Frames with) {
    frames = with;
  }

  void send(NettyExchange exchange) {
    Http2Frames with = requireNonNull(frames);
    if (with.context().executor().inEventLoop()) {
      write(with, exchange);
    } else {
      with.context().executor().execute(() -> write(with, exchange));
    }
  }

  private void write(Http2Frames with, NettyExchange exchange) {
    int stream = with.connection().local().incrementAndGetNextStreamId();
    streams.put(stream, exchange);
    byte[] post = exchange.post();
    Http2Headers headers =
        new DefaultHttp2Headers(false, 8)
            .method((post == null ? HttpMethod.GET : HttpMethod.POST).asciiName())
            .scheme(HTTPS)
            .authority(authority)
            .path(exchange.path());
    ChannelHandlerContext context = with.context();
    with.encoder().writeHeaders(context, stream, headers, 0, post == null, context.newPromise());
    if (post != null) {
      with.encoder()
          .writeData(context, stream, Unpooled.wrappedBuffer(post), 0, true, context.newPromise());
    }
    with.flushUnlessReading();
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int stream,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end) {
    onHeadersRead(context, stream, headers, padding, end);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end) {
    int status = AsciiString.of(headers.status()).parseInt();
    exchange(stream).head(status, headers.getInt(HttpHeaderNames.CONTENT_LENGTH, 0));
    if (end) {
      end(stream);
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean end) {
    int consumed = data.readableBytes() + padding;
    exchange(stream).content(data);
    if (end) {
      end(stream);
    }
    return consumed;
  }

  private NettyExchange exchange(int stream) {
    return requireNonNull(streams.get(stream));
  }

  private void end(int stream) {
    NettyExchange exchange = exchange(stream);
    streams.remove(stream);
    exchange.end();
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext context, int stream, long error) {
    NettyExchange exchange = streams.remove(stream);
    if (exchange != null) {
      exchange.completeExceptionally(new IOException("reset " + error));
    }
  }
}
