package io.httptrace.client.websocket;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A message, or a part of one, that is sent frame by frame. After its construction only the event
 * loop uses it.
 */
final class Outgoing {
  /** The size of a frame: a Pong can be sent between two frames. */
  static final int FRAME_BYTES = 16 * 1024;

  /** The kind of a message. */
  enum Kind {
    TEXT,
    BINARY,
    PING,
    PONG,
    CLOSE
  }

  /** Where the content comes from. */
  interface Content {
    /** {@return the next part, at most so many bytes} */
    ByteBuffer next(int most);

    /** {@return whether there is more} */
    boolean hasMore();
  }

  private final Kind kind;
  private final Content content;
  private final boolean last;
  private final Consumer<@Nullable Throwable> ended;
  private boolean continuing;

  /**
   * Makes a message.
   *
   * @param kind its kind
   * @param continuing whether it is not the first part of its message
   * @param last whether it is the last part of its message
   * @param content the content
   * @param ended called on the event loop when it has been sent, or with the error
   */
  Outgoing(
      Kind kind,
      boolean continuing,
      boolean last,
      Content content,
      Consumer<@Nullable Throwable> ended) {
    this.kind = requireNonNull(kind, "kind");
    this.continuing = continuing;
    this.last = last;
    this.content = content;
    this.ended = ended;
  }

  /** {@return whether it may go between the frames of another message} */
  boolean isUrgent() {
    return kind == Kind.PING || kind == Kind.PONG;
  }

  boolean isClose() {
    return kind == Kind.CLOSE;
  }

  boolean hasMore() {
    return content.hasMore();
  }

  WebSocketFrame next() {
    // A copy: the encoder may mask in place, and the content may be the caller's.
    ByteBuf bytes = Unpooled.copiedBuffer(content.next(FRAME_BYTES));
    boolean fin = last && !content.hasMore();
    boolean first = !continuing;
    continuing = true;
    return switch (kind) {
      case TEXT ->
          first
              ? new TextWebSocketFrame(fin, 0, bytes)
              : new ContinuationWebSocketFrame(fin, 0, bytes);
      case BINARY ->
          first
              ? new BinaryWebSocketFrame(fin, 0, bytes)
              : new ContinuationWebSocketFrame(fin, 0, bytes);
      case PING -> new PingWebSocketFrame(bytes);
      case PONG -> new PongWebSocketFrame(bytes);
      case CLOSE -> new CloseWebSocketFrame(true, 0, bytes);
    };
  }

  void sent() {
    ended.accept(null);
  }

  void failed(Throwable error) {
    ended.accept(error);
  }
}
