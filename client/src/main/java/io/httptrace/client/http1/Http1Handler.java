package io.httptrace.client.http1;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.ResponseException.Reason;
import io.httptrace.client.exchange.ExchangeCodec.Listener;
import io.httptrace.client.exchange.RequestHead;
import io.httptrace.client.netty.EndOfChannel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns HTTP messages into the facts of an exchange. All of it runs on the event loop.
 *
 * <p>Reading is by hand: on and on until the head of the final response is there, then as the
 * exchange asks; and once more when the response has ended, so that the end of an idle connection
 * is seen.
 */
final class Http1Handler extends ChannelInboundHandlerAdapter {
  private static final String ENDED_BEFORE = "the connection ended before the request";

  private final WireTap wire;
  private final ResponseDecoder decoder;
  private final Runnable onBroken;

  private @Nullable ChannelHandlerContext context;
  private @Nullable Listener listener;

  /** Whose request is being written; the response may end first. */
  private @Nullable Listener writer;

  /** How much of a body of known length has yet to be written. */
  private long bodyLeft;

  private String method = "";
  private boolean headRead;
  private boolean informational;

  /** Whether the server has switched to another protocol, and what it has said in that so far. */
  private boolean switched;

  private final List<ByteBuf> early = new ArrayList<>(0);

  Http1Handler(WireTap wire, ResponseDecoder decoder, Runnable onBroken) {
    this.wire = wire;
    this.decoder = decoder;
    this.onBroken = onBroken;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  // ---- Commands ----

  void begin(RequestHead head, Listener exchange) {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      exchange.failed(new EOFException(ENDED_BEFORE));
      return;
    }
    if (!ctx.channel().isActive()) {
      exchange.failed(EndOfChannel.error(ctx.channel(), ENDED_BEFORE));
      return;
    }
    listener = exchange;
    writer = exchange;
    bodyLeft = head.contentLength();
    method = head.method();
    headRead = false;
    decoder.expect(method);
    wire.reset();
    if (head.hasBody()) {
      ctx.writeAndFlush(Heads.toNetty(head))
          .addListener((ChannelFuture f) -> written(exchange, f, exchange::headWritten));
    } else {
      ctx.writeAndFlush(Heads.toNetty(head))
          .addListener(
              (ChannelFuture f) ->
                  written(
                      exchange,
                      f,
                      () -> {
                        exchange.headWritten();
                        exchange.requestWritten();
                      }));
    }
    ctx.read();
  }

  /**
   * Writes content. When all there is to a body of known length has been written the request is
   * complete, though its publisher may have yet to say so: the server may answer and close by then.
   */
  void write(ByteBuffer content, Listener exchange) {
    ChannelHandlerContext ctx = context;
    if (ctx == null || writer != exchange) {
      return;
    }
    boolean known = bodyLeft > 0;
    bodyLeft -= content.remaining();
    ByteBuf bytes = Unpooled.wrappedBuffer(content);
    if (known && bodyLeft == 0) {
      writer = null;
      ctx.writeAndFlush(new DefaultLastHttpContent(bytes))
          .addListener((ChannelFuture f) -> written(exchange, f, exchange::requestWritten));
    } else {
      ctx.writeAndFlush(new DefaultHttpContent(bytes))
          .addListener((ChannelFuture f) -> written(exchange, f, exchange::contentWritten));
    }
  }

  void finish(Listener exchange) {
    ChannelHandlerContext ctx = context;
    if (ctx != null && writer == exchange) {
      writer = null;
      ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
          .addListener((ChannelFuture f) -> written(exchange, f, exchange::requestWritten));
    }
  }

  private static void written(Listener exchange, ChannelFuture write, Runnable news) {
    if (write.isSuccess()) {
      news.run();
    } else {
      exchange.writeFailed(writeError(write.cause()));
    }
  }

  /** What the system says of a write is a plain IOException, though of a read it is typed. */
  private static Throwable writeError(Throwable cause) {
    if (cause.getClass() != IOException.class) {
      return cause;
    }
    SocketException typed = new SocketException(cause.getMessage());
    typed.initCause(cause);
    return typed;
  }

  void read() {
    if (context != null) {
      context.read();
    }
  }

  void abort(Listener exchange) {
    if (listener == exchange) {
      listener = null;
      close();
    }
  }

  // ---- Events ----

  /** The first byte since the last request: of an answer, or else of something nobody asked for. */
  void firstByte() {
    if (listener != null) {
      listener.firstByte();
    } else {
      onBroken.run();
      close();
    }
  }

  /**
   * Gives the handlers behind this one what has come in another protocol. They read on.
   *
   * @param ctx the place of this handler
   */
  void handOver(ChannelHandlerContext ctx) {
    List<ByteBuf> given = List.copyOf(early);
    early.clear();
    given.forEach(ctx::fireChannelRead);
    if (!given.isEmpty()) {
      ctx.fireChannelReadComplete();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    early.forEach(ByteBuf::release);
    early.clear();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (switched && message instanceof ByteBuf bytes) {
      early.add(bytes);
      return;
    }
    try {
      if (message instanceof HttpObject object) {
        read(object);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(HttpObject object) {
    Listener exchange = listener;
    if (exchange == null) {
      return;
    }
    DecoderResult result = object.decoderResult();
    if (result.isFailure()) {
      fail(
          result.cause() instanceof PrematureChannelClosureException
              ? new EOFException("the connection ended inside the head of the response")
              : malformed(result.cause()));
      return;
    }
    if (object instanceof HttpResponse response) {
      if (!isHttp1(response)) {
        fail(
            malformed(
                new ProtocolException("not the status line of HTTP/1: " + response.status())));
        return;
      }
      informational =
          response.status().codeClass() == HttpStatusClass.INFORMATIONAL
              && response.status().code() != 101;
      if (informational) {
        exchange.informational(Heads.fromNetty(response, method));
      } else {
        headRead = true;
        switched = response.status().code() == 101;
        exchange.head(Heads.fromNetty(response, method));
      }
    }
    if (object instanceof HttpContent content && !informational) {
      readContent(exchange, content);
    }
  }

  /** RFC 9112, section 4; Netty takes other versions and status codes as well. */
  private static boolean isHttp1(HttpResponse response) {
    int status = response.status().code();
    return response.protocolVersion().majorVersion() == 1
        && response.protocolVersion().protocolName().equals("HTTP")
        && status >= 100
        && status <= 999;
  }

  private void readContent(Listener exchange, HttpContent content) {
    ByteBuf bytes = content.content();
    if (bytes.isReadable()) {
      byte[] copy = new byte[bytes.readableBytes()];
      bytes.readBytes(copy);
      exchange.content(ByteBuffer.wrap(copy));
    }
    if (content instanceof LastHttpContent last) {
      boolean surplus = !switched && decoder.hasSurplus();
      if (surplus) {
        // Nobody asked for it, so it must not be taken for the next answer.
        onBroken.run();
      }
      exchange.end(Heads.fromNetty(last.trailingHeaders()));
      exchange.readComplete();
      listener = null;
      if (!switched) {
        wire.armIdle();
      }
      if (surplus) {
        close();
      }
    }
  }

  private static ResponseException malformed(Throwable cause) {
    boolean tooLarge =
        cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException;
    return new ResponseException(tooLarge ? Reason.HEADER_TOO_LARGE : Reason.MALFORMED, cause);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (listener != null) {
      listener.readComplete();
    }
    if (!switched && (listener == null || !headRead)) {
      ctx.read();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(
        new EOFException(
            headRead
                ? "the connection ended before the response was complete"
                : "the connection ended before there was a response"));
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Throwable error =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    fail(error instanceof IOException ? error : malformed(error));
  }

  private void fail(Throwable error) {
    Listener exchange = listener;
    listener = null;
    if (exchange != null) {
      exchange.failed(error);
    } else if (context != null && !(error instanceof EOFException)) {
      EndOfChannel.record(context.channel(), error);
    }
    onBroken.run();
    close();
  }

  private void close() {
    if (context != null) {
      context.close();
    }
  }
}
