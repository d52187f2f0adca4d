package io.httptrace.armeria;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a connection that speaks HTTP/2: knows which stream is whose, and sees the heads of
 * responses. It stays, and does nothing for streams of requests that are not traced.
 */
final class Http2Hooks extends Http2ConnectionAdapter {
  private static final AttributeKey<Http2Hooks> KEY = AttributeKey.valueOf(Http2Hooks.class, "KEY");

  private final Http2Connection connection;
  private final Http2Connection.PropertyKey owner;

  // On the event loop only.
  private @Nullable ArmeriaExchange expected;

  private Http2Hooks(Http2Connection connection) {
    this.connection = connection;
    this.owner = connection.newKey();
  }

  /** {@return the hooks of a connection; null if it has no codec} */
  static @Nullable Http2Hooks of(Channel channel) {
    Http2Hooks known = channel.attr(KEY).get();
    if (known != null) {
      return known;
    }
    Http2ConnectionHandler codec = channel.pipeline().get(Http2ConnectionHandler.class);
    if (codec == null) {
      return null;
    }
    Http2Hooks made = new Http2Hooks(codec.connection());
    codec.connection().addListener(made);
    codec.decoder().frameListener(made.new Frames(codec.decoder().frameListener()));
    channel.attr(KEY).set(made);
    return made;
  }

  /** The next stream will be that of an exchange: Armeria is about to write its head. */
  void expect(ArmeriaExchange exchange) {
    expected = exchange;
  }

  /** The head has been written, or could not be: no stream is expected any more. */
  void forget(ArmeriaExchange exchange) {
    if (expected == exchange) {
      expected = null;
    }
  }

  @Override
  public void onStreamAdded(Http2Stream stream) {
    ArmeriaExchange exchange = expected;
    if (exchange != null && connection.local().isValidStreamId(stream.id())) {
      expected = null;
      stream.setProperty(owner, exchange);
    }
  }

  private @Nullable ArmeriaExchange exchange(int streamId) {
    Http2Stream stream = connection.stream(streamId);
    return stream == null ? null : stream.getProperty(owner);
  }

  private boolean goesOn(int streamId, Http2Headers headers) {
    ArmeriaExchange exchange = exchange(streamId);
    CharSequence status = headers.status();
    if (exchange == null || status == null) {
      return true;
    }
    exchange.firstByte();
    int code = code(status);
    if (code == 0) {
      return true; // Armeria will not understand it either.
    }
    if (code < 200) {
      return exchange.informational(code, ArmeriaFields.of(headers));
    }
    exchange.gotResponse(code, "HTTP/2", () -> ArmeriaFields.of(headers));
    return true;
  }

  private static int code(CharSequence status) {
    try {
      return Integer.parseInt(status, 0, status.length(), 10);
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }

  /** Sees frames before Armeria does. */
  private final class Frames extends Http2FrameListenerDecorator {
    Frames(Http2FrameListener listener) {
      super(listener);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean end)
        throws Http2Exception {
      if (goesOn(streamId, headers)) {
        super.onHeadersRead(ctx, streamId, headers, padding, end);
      }
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx,
        int streamId,
        Http2Headers headers,
        int streamDependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean end)
        throws Http2Exception {
      if (goesOn(streamId, headers)) {
        super.onHeadersRead(
            ctx, streamId, headers, streamDependency, weight, exclusive, padding, end);
      }
    }
  }
}
