package io.httptrace.client.websocket;

import io.httptrace.client.netty.PlainErrors;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one WebSocket, in both directions. Commands may be called on any thread; everything
 * else runs on the event loop. It reads only after {@link #read}, until something has arrived.
 */
final class WebSocketFrameHandler extends ChannelInboundHandlerAdapter {
  private final Predicate<Runnable> loop;
  private final Consumer<List<Incoming>> listener;

  // Set on the event loop before any command runs there.
  private @Nullable ChannelHandlerContext context;

  // Input. Used on the event loop.
  private List<Incoming> batch = new ArrayList<>(1);
  private boolean textual;
  private boolean ended;

  // Output. Used on the event loop.
  private final ArrayDeque<Outgoing> urgent = new ArrayDeque<>(1);
  private final ArrayDeque<Outgoing> messages = new ArrayDeque<>(1);
  private @Nullable Outgoing writing;
  private boolean closeSent;

  /**
   * Makes a handler.
   *
   * @param loop runs commands on the event loop, one after the other; returns false if it cannot
   * @param listener gets the input, on the event loop
   */
  WebSocketFrameHandler(Predicate<Runnable> loop, Consumer<List<Incoming>> listener) {
    this.loop = loop;
    this.listener = listener;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  private boolean onLoop(Consumer<ChannelHandlerContext> command) {
    return loop.test(
        () -> {
          ChannelHandlerContext ctx = context;
          if (ctx != null) {
            command.accept(ctx);
          }
        });
  }

  // ---- Input ----

  /** Reads until something has arrived. */
  void read() {
    onLoop(
        ctx -> {
          if (ctx.channel().isActive()) {
            ctx.read();
          } else {
            end(new Incoming.Close(CloseCodes.CLOSED_ABNORMALLY, ""));
          }
        });
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof WebSocketFrame frame && !ended) {
        batch.add(incoming(frame));
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private Incoming incoming(WebSocketFrame frame) {
    if (frame instanceof CloseWebSocketFrame close) {
      ended = true;
      int code = close.statusCode();
      return new Incoming.Close(code < 0 ? CloseCodes.NO_STATUS : code, close.reasonText());
    }
    ByteBuffer content = ByteBuffer.wrap(ByteBufUtil.getBytes(frame.content()));
    if (frame instanceof PingWebSocketFrame) {
      return new Incoming.Ping(content);
    }
    if (frame instanceof PongWebSocketFrame) {
      return new Incoming.Pong(content);
    }
    if (!(frame instanceof ContinuationWebSocketFrame)) {
      textual = frame instanceof TextWebSocketFrame;
      assert textual || frame instanceof BinaryWebSocketFrame;
    }
    return textual
        ? new Incoming.Text(content, frame.isFinalFragment())
        : new Incoming.Binary(content, frame.isFinalFragment());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!batch.isEmpty()) {
      tell();
    } else if (!ended) {
      ctx.read();
    }
  }

  private void tell() {
    List<Incoming> come = batch;
    batch = new ArrayList<>(1);
    listener.accept(come);
  }

  private void end(Incoming last) {
    if (!ended) {
      ended = true;
      batch.add(last);
      tell();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end(new Incoming.Close(CloseCodes.CLOSED_ABNORMALLY, ""));
    failAll(new IOException("the connection is closed"));
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      ProtocolException error = new ProtocolException(cause.getMessage());
      end(new Incoming.Failure(error, corrupted.closeStatus().code()));
    } else {
      Throwable error = ioException(PlainErrors.of(cause));
      end(new Incoming.Failure(error, 0));
    }
  }

  private static IOException ioException(Throwable error) {
    return error instanceof IOException known ? known : new IOException(error.getMessage(), error);
  }

  // ---- Output ----

  void send(Outgoing message) {
    boolean accepted =
        onLoop(
            ctx -> {
              (message.isUrgent() ? urgent : messages).add(message);
              write(ctx);
            });
    if (!accepted) {
      message.failed(new IOException("the connection is closed"));
    }
  }

  private void write(ChannelHandlerContext ctx) {
    if (writing != null) {
      return;
    }
    Outgoing next = urgent.isEmpty() ? messages.poll() : urgent.poll();
    if (next == null) {
      return;
    }
    if (closeSent) {
      next.failed(new IOException("Output closed"));
      write(ctx);
      return;
    }
    WebSocketFrame frame;
    try {
      frame = next.next();
    } catch (RuntimeException changed) {
      // The caller has changed a buffer before its send had completed.
      next.failed(new IOException("a message was changed while it was being sent", changed));
      write(ctx);
      return;
    }
    writing = next;
    closeSent = next.isClose();
    ctx.writeAndFlush(frame)
        .addListener((ChannelFuture written) -> written(ctx, next, written.cause()));
  }

  private void written(ChannelHandlerContext ctx, Outgoing message, @Nullable Throwable error) {
    writing = null;
    if (error != null) {
      message.failed(ioException(PlainErrors.of(error)));
    } else if (message.hasMore()) {
      messages.addFirst(message);
    } else {
      message.sent();
    }
    write(ctx);
  }

  private void failAll(IOException error) {
    List<Outgoing> unsent = new ArrayList<>(urgent);
    unsent.addAll(messages);
    urgent.clear();
    messages.clear();
    unsent.forEach(message -> message.failed(error));
  }

  /**
   * Sends a Close message and nothing after it, and does not wait long: a peer that does not read
   * gets none.
   *
   * @param message the Close message
   */
  void sendLast(Outgoing message) {
    onLoop(
        ctx -> {
          failAll(new IOException("the connection is being closed"));
          if (writing == null) {
            messages.add(message);
            write(ctx);
          } else {
            ctx.close();
          }
        });
  }

  /** Closes the connection. What has not been sent fails. */
  void close() {
    onLoop(ChannelHandlerContext::close);
  }
}
