package io.httptrace.cli.demo;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of an HTTP/1.1 connection, or the one of an HTTP/2 stream, each when it has
 * been read to its end. The body of a request is dropped.
 */
final class DemoAnswers extends SimpleChannelInboundHandler<HttpObject> {
  /** Redirects to the root. */
  static final String REDIRECT = "/redirect";

  /** Answers without a pause. */
  static final String AT_ONCE = "/at-once";

  /** Of the W3C; Netty does not know it. */
  private static final String SERVER_TIMING = "server-timing";

  private static final byte[] PIECE =
      "All that happens on the way to a response.\n".repeat(95).getBytes(StandardCharsets.US_ASCII);

  private final DemoPace pace;
  private @Nullable HttpRequest request;

  DemoAnswers(DemoPace pace) {
    this.pace = pace;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (message.decoderResult().isFailure()) {
      context.close();
      return;
    }
    if (message instanceof HttpRequest head) {
      request = head;
    }
    HttpRequest asked = request;
    if (message instanceof LastHttpContent && asked != null) {
      request = null;
      String path = asked.uri().replaceFirst("[?#].*", "");
      DemoPace own = path.equals(AT_ONCE) ? DemoPace.hurried() : pace;
      boolean head = asked.method().equals(HttpMethod.HEAD);
      after(
          own.think(),
          context,
          path.equals(REDIRECT)
              ? () -> redirect(context, own)
              : head ? () -> head(context, own) : () -> begin(context, own));
    }
  }

  private static void redirect(ChannelHandlerContext context, DemoPace pace) {
    FullHttpResponse response = empty(HttpResponseStatus.FOUND, pace);
    response.headers().set(HttpHeaderNames.LOCATION, "/");
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    context.writeAndFlush(response);
  }

  private static void head(ChannelHandlerContext context, DemoPace pace) {
    FullHttpResponse response = empty(HttpResponseStatus.OK, pace);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
    context.writeAndFlush(response);
  }

  private static FullHttpResponse empty(HttpResponseStatus status, DemoPace pace) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    response.headers().set(SERVER_TIMING, timing(pace));
    return response;
  }

  /** Says that the pause was one. */
  private static String timing(DemoPace pace) {
    return "pause;dur=" + pace.think().toMillis() + ";desc=\"on purpose\"";
  }

  private static void begin(ChannelHandlerContext context, DemoPace pace) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
    response.headers().set(SERVER_TIMING, timing(pace));
    HttpUtil.setTransferEncodingChunked(response, true); // of unknown length
    context.write(response);
    piece(context, pace, 1);
  }

  private static void piece(ChannelHandlerContext context, DemoPace pace, int number) {
    context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(PIECE)));
    if (number < pace.pieces()) {
      after(pace.betweenPieces(), context, () -> piece(context, pace, number + 1));
    } else {
      context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  private static void after(Duration pause, ChannelHandlerContext context, Runnable next) {
    if (pause.isZero()) {
      next.run();
    } else {
      context.executor().schedule(next, pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close(); // the client notices that
  }
}
