package io.httptrace.armeria;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a connection that speaks HTTP/1.1, on both sides of its codec, for the exchange that
 * uses it. It stays in the pipeline, and does nothing while no traced request uses the connection.
 */
final class Http1Hooks {
  private static final AttributeKey<Http1Hooks> KEY = AttributeKey.valueOf(Http1Hooks.class, "KEY");

  /** Set on the event loop; taken away where a response has been consumed, on any thread. */
  private final AtomicReference<@Nullable ArmeriaExchange> current = new AtomicReference<>();

  private Http1Hooks() {}

  /** {@return the hooks of a connection; null if it has no codec} */
  static @Nullable Http1Hooks of(Channel channel) {
    Http1Hooks known = channel.attr(KEY).get();
    if (known != null) {
      return known;
    }
    ChannelPipeline pipeline = channel.pipeline();
    ChannelHandlerContext codec = pipeline.context(HttpClientCodec.class);
    if (codec == null) {
      return null;
    }
    Http1Hooks made = new Http1Hooks();
    pipeline.addBefore(codec.name(), null, made.new Bytes());
    pipeline.addAfter(codec.name(), null, made.new Messages());
    channel.attr(KEY).set(made);
    return made;
  }

  void begin(ArmeriaExchange exchange) {
    current.set(exchange);
  }

  void end(ArmeriaExchange exchange) {
    current.compareAndSet(exchange, null); // The next one may have begun.
  }

  /** Sees what arrives before it is decoded. */
  private final class Bytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ArmeriaExchange exchange = current.get();
      if (exchange != null && message instanceof ByteBuf bytes && bytes.isReadable()) {
        exchange.firstByte();
      }
      ctx.fireChannelRead(message);
    }
  }

  /** Sees messages before they are encoded, and when they have been decoded. */
  private final class Messages extends ChannelDuplexHandler {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      ArmeriaExchange exchange = current.get();
      if (exchange != null && message instanceof HttpRequest request) {
        if (!HttpUtil.isKeepAlive(request)) {
          exchange.closes();
        }
        fields(request.headers()).forEach(exchange::wroteField);
      }
      ctx.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ArmeriaExchange exchange = current.get();
      if (exchange == null) {
        ctx.fireChannelRead(message);
      } else if (exchange.isAborted()
          || (message instanceof HttpResponse response && !goesOn(exchange, response))) {
        ReferenceCountUtil.release(message);
      } else {
        ctx.fireChannelRead(message);
      }
    }
  }

  private static boolean goesOn(ArmeriaExchange exchange, HttpResponse response) {
    if (!response.decoderResult().isSuccess()) {
      return true;
    }
    int code = response.status().code();
    if (code < 200 && code != 101) {
      return exchange.informational(code, fields(response.headers()));
    }
    if (!HttpUtil.isKeepAlive(response)) {
      exchange.closes();
    }
    exchange.gotResponse(code, response.protocolVersion().text(), () -> fields(response.headers()));
    return true;
  }

  private static Map<String, List<String>> fields(HttpHeaders headers) {
    return ArmeriaFields.of(headers);
  }
}
