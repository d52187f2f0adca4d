package io.httptrace.client.http1;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.ResponseException.Reason;
import io.httptrace.client.http.ExchangeCodec.Listener;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.netty.ChannelCloseCause;
import io.httptrace.client.netty.PlainErrors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what comes into the facts of an exchange. All of it runs on the event loop.
 *
 * <p>Reading is by hand: on and on until the head of the final response is there, then as the
 * exchange asks; and once more when the response has ended, so that the end of an idle connection
 * is seen.
 */
final class Http1Handler extends ChannelInboundHandlerAdapter implements ResponseDecoder.Sink {

  /** What the connection is in, and so what becomes of bytes that come. */
  private enum Mode {
    /** There has been no request yet: they are kept, as an answer to the first one. */
    UNUSED,
    /** They are decoded, if there is an exchange; else the connection is closed. */
    HTTP,
    /** The server has switched to another protocol: they are kept for its handlers. */
    SWITCHED
  }

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
  private Mode mode = Mode.UNUSED;

  /** What the server has said before there was a request. */
  private final EarlyBytes unasked = new EarlyBytes();

  /** What the server has said in another protocol so far. */
  private final SwitchedBytes switched = new SwitchedBytes();

  /** What has ended the connection, if something has. Read on any thread. */
  private volatile @Nullable Throwable failure;

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

  void begin(RequestHead head, List<ByteBuffer> content, Listener exchange) {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      exchange.failed(new EOFException(ENDED_BEFORE));
      return;
    }
    byte[] answer = unasked.take();
    boolean active = ctx.channel().isActive();
    if (!active && answer == null) {
      exchange.failed(ChannelCloseCause.error(ctx.channel(), ENDED_BEFORE));
      return;
    }
    mode = Mode.HTTP;
    listener = exchange;
    writer = exchange;
    bodyLeft = head.contentLength();
    method = head.method();
    headRead = false;
    decoder.expect(method);
    if (answer == null) {
      wire.reset();
    }
    if (active) {
      write(ctx, head, exchange);
      write(content, exchange);
    } else {
      exchange.writeFailed(ChannelCloseCause.error(ctx.channel(), ENDED_BEFORE));
    }
    if (answer != null) {
      exchange.firstByte();
      decode(Unpooled.wrappedBuffer(answer));
      if (active) {
        channelReadComplete(ctx);
      } else {
        channelEnded();
      }
    } else {
      ctx.read();
    }
  }

  private void write(ChannelHandlerContext ctx, RequestHead head, Listener exchange) {
    if (head.hasBody()) {
      ctx.write(Http1HeaderMapper.toNetty(head))
          .addListener((ChannelFuture f) -> written(exchange, f, exchange::headWritten));
    } else {
      ctx.write(Http1HeaderMapper.toNetty(head))
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
  }

  /** Writes content, all at once. */
  void write(List<ByteBuffer> content, Listener exchange) {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      for (int i = 0; i < content.size() && writer == exchange; i++) {
        write(ctx, content.get(i), exchange);
      }
      ctx.flush();
    }
  }

  /**
   * Writes content. When all there is to a body of known length has been written the request is
   * complete, though its publisher may have yet to say so: the server may answer and close by then.
   */
  private void write(ChannelHandlerContext ctx, ByteBuffer content, Listener exchange) {
    boolean known = bodyLeft > 0;
    bodyLeft -= content.remaining();
    ByteBuf bytes = Unpooled.wrappedBuffer(content);
    if (known && bodyLeft == 0) {
      writer = null;
      ctx.write(new DefaultLastHttpContent(bytes, EmptyHttpHeaders.INSTANCE))
          .addListener((ChannelFuture f) -> written(exchange, f, exchange::requestWritten));
    } else {
      ctx.write(new DefaultHttpContent(bytes))
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

  private void written(Listener exchange, ChannelFuture write, Runnable news) {
    if (write.isSuccess()) {
      news.run();
    } else {
      Throwable error = PlainErrors.ofWrite(write.cause());
      // That the channel was closed before says nothing of who has closed it.
      if (!(error instanceof ClosedChannelException)) {
        endedBy(error);
      }
      exchange.writeFailed(error);
    }
  }

  /** Takes note of what ends the connection. What else goes wrong then follows from it. */
  private void endedBy(Throwable error) {
    if (failure == null) {
      failure = error;
    }
  }

  void read() {
    if (context != null) {
      context.read();
    }
  }

  void abort(Listener exchange) {
    if (listener == exchange) {
      listener = null;
      endedBy(new CancellationException("the exchange was given up"));
      close();
    }
  }

  /** {@return what has ended the connection: see {@link Http1Connection#failure}} */
  @Nullable Throwable failure() {
    return failure;
  }

  // ---- Events ----

  /** The first byte since the last request: of an answer, or else of something nobody asked for. */
  void firstByte() {
    if (listener != null) {
      listener.firstByte();
    } else if (mode != Mode.UNUSED) {
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
    switched.handOver(ctx);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    switched.release();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (mode == Mode.SWITCHED) {
      switched.add(bytes);
      return;
    }
    try {
      if (mode == Mode.UNUSED) {
        unasked.add(bytes);
      } else {
        decode(bytes);
      }
    } finally {
      bytes.release();
    }
  }

  /** {@return whether the server has said something before there was a request} On any thread. */
  boolean spokeFirst() {
    return unasked.any();
  }

  private void decode(ByteBuf bytes) {
    Listener exchange = listener;
    if (exchange == null) {
      return;
    }
    try {
      if (decoder.decode(bytes, this) && listener == exchange) {
        end(exchange, bytes);
      }
    } catch (ResponseException malformed) {
      fail(malformed);
    }
  }

  @Override
  public void informational(ResponseHead head) {
    if (listener != null) {
      listener.informational(head);
    }
  }

  @Override
  public void head(ResponseHead head) {
    headRead = true;
    if (head.status() == 101) {
      mode = Mode.SWITCHED;
    }
    if (listener != null) {
      listener.head(head);
    }
  }

  @Override
  public void content(ByteBuffer content) {
    if (listener != null) {
      listener.content(content);
    }
  }

  /**
   * The response is complete.
   *
   * @param rest what there is behind it
   */
  private void end(Listener exchange, ByteBuf rest) {
    boolean surplus = rest.isReadable() && mode != Mode.SWITCHED;
    if (surplus) {
      // Nobody asked for it, so it must not be taken for the next answer.
      onBroken.run();
    } else if (rest.isReadable()) {
      switched.add(rest.readRetainedSlice(rest.readableBytes()));
    }
    exchange.end(decoder.trailers());
    exchange.readComplete();
    listener = null;
    if (mode != Mode.SWITCHED) {
      wire.armIdle();
    }
    if (surplus) {
      close();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (listener != null) {
      listener.readComplete();
    }
    if (mode != Mode.SWITCHED && !unasked.any() && (listener == null || !headRead)) {
      ctx.read();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    channelEnded();
    ctx.fireChannelInactive();
  }

  private void channelEnded() {
    Listener exchange = listener;
    if (exchange != null && headRead && decoder.endsHere()) {
      end(exchange, Unpooled.EMPTY_BUFFER);
    }
    if (listener == null) {
      onBroken.run();
      close();
      return;
    }
    fail(
        new EOFException(
            headRead
                ? "the connection ended before the response was complete"
                : decoder.begun()
                    ? "the connection ended inside the head of the response"
                    : "the connection ended before there was a response"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Throwable error =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    fail(error instanceof IOException ? error : new ResponseException(Reason.MALFORMED, error));
  }

  private void fail(Throwable error) {
    endedBy(error);
    Listener exchange = listener;
    listener = null;
    if (exchange != null) {
      exchange.failed(error);
    } else if (context != null && !(error instanceof EOFException)) {
      ChannelCloseCause.record(context.channel(), error);
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
