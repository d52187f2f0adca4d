package io.httptrace.benchmarks.server;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers the streams of a connection of HTTP/2. */
final class Http2Answers extends Http2FrameAdapter {
  private static final AsciiString OK = AsciiString.of("200");
  private static final AsciiString SERVER = AsciiString.of("server");
  private static final AsciiString NAME = AsciiString.of("benchmark");
  private static final AsciiString DATE = AsciiString.of("date");
  private static final AsciiString NOW = AsciiString.of("Sun, 22 Nov 2026 16:00:00 GMT");
  private static final AsciiString TYPE = AsciiString.of("content-type");
  private static final AsciiString TEXT = AsciiString.of("text/plain");
  private static final AsciiString LENGTH = AsciiString.of("content-length");
  private static final AsciiString LENGTH_100 = AsciiString.of("100");
  private static final AsciiString LENGTH_1M = AsciiString.of(Integer.toString(1 << 20));

  private final Counters counters;
  private final Map<Integer, ByteBuf> posts = new HashMap<>();
  private @Nullable Http2ConnectionEncoder encoder;

  Http2Answers(Counters counters) {
    this.counters = counters;
  }

  void encodeWith(Http2ConnectionEncoder of) {
    encoder = of;
  }

  private void answer(ChannelHandlerContext context, int stream, AsciiString length, ByteBuf body) {
    counters.requests.increment();
    Http2Headers headers =
        new DefaultHttp2Headers(false, 8)
            .status(OK)
            .set(SERVER, NAME)
            .set(DATE, NOW)
            .set(TYPE, TEXT)
            .set(LENGTH, length);
    Http2ConnectionEncoder to = requireNonNull(encoder);
    to.writeHeaders(context, stream, headers, 0, false, context.newPromise());
    to.writeData(context, stream, body, 0, true, context.newPromise());
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
    if (!end) {
      posts.put(stream, context.alloc().buffer(2048));
    } else if (posts.containsKey(stream)) { // trailers
      echo(context, stream);
    } else if (AsciiString.contentEquals("/1m", headers.path())) {
      answer(context, stream, LENGTH_1M, Responses.BODY_1M.duplicate());
    } else {
      answer(context, stream, LENGTH_100, Responses.BODY_100.duplicate());
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean end) {
    int consumed = data.readableBytes() + padding;
    ByteBuf post = posts.get(stream);
    if (post != null) {
      post.writeBytes(data);
      if (end) {
        echo(context, stream);
      }
    }
    return consumed;
  }

  private void echo(ChannelHandlerContext context, int stream) {
    ByteBuf body = posts.remove(stream);
    if (body != null) {
      AsciiString length = AsciiString.of(Integer.toString(body.readableBytes()));
      answer(context, stream, length, body);
    }
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext context, int stream, long error) {
    ByteBuf body = posts.remove(stream);
    if (body != null) {
      body.release();
    }
  }
}
