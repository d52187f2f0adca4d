package io.httptrace.asynchttpclient;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import org.asynchttpclient.netty.channel.ChannelManager;
import org.jspecify.annotations.Nullable;

/** A connection that traced calls have used: what listens in its pipeline, and to whom it tells. */
final class AhcConnection {
  private static final String MULTIPLEX = "http2-multiplex";

  /** The exchange that is under way over HTTP/1.1, if it is traced. */
  private final AtomicReference<@Nullable AhcExchange> current = new AtomicReference<>();

  /** Whether a tunnel has been opened, above which the listeners have to be. */
  private volatile boolean tunnelled;

  private AhcConnection() {}

  /**
   * {@return the connection of a channel, with listeners where they belong} That place changes when
   * a tunnel is opened, and when HTTP/2 has been agreed on.
   */
  static AhcConnection of(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    AhcWire wire = pipeline.get(AhcWire.class);
    AhcConnection connection = wire == null ? new AhcConnection() : wire.connection();
    try {
      connection.listen(pipeline, wire != null);
    } catch (NoSuchElementException closed) {
      // Its handlers are being taken out, because it has been closed: nothing will be heard of it.
    }
    return connection;
  }

  private void listen(ChannelPipeline pipeline, boolean listening) {
    if (isHttp2(pipeline)) {
      if (pipeline.get(AhcStreams.class) == null) {
        pipeline.addBefore(MULTIPLEX, "httptrace-streams", new AhcStreams());
      }
      return;
    }
    if (listening && tunnelled) {
      tunnelled = false;
      pipeline.remove(AhcWire.class);
      pipeline.remove(AhcMessages.class);
    } else if (listening) {
      return;
    }
    if (pipeline.get(ChannelManager.HTTP_CLIENT_CODEC) != null) {
      pipeline.addBefore(ChannelManager.HTTP_CLIENT_CODEC, "httptrace-wire", new AhcWire(this));
      pipeline.addAfter(
          ChannelManager.HTTP_CLIENT_CODEC, "httptrace-messages", new AhcMessages(this));
    }
  }

  static boolean isHttp2(ChannelPipeline pipeline) {
    return pipeline.get(MULTIPLEX) != null;
  }

  /** {@return the TLS with the target, or else with the proxy; null if there is none} */
  static @Nullable SslHandler tls(ChannelPipeline pipeline) {
    SslHandler last = null;
    for (Map.Entry<String, ChannelHandler> entry : pipeline) {
      if (entry.getValue() instanceof SslHandler ssl) {
        last = ssl;
      }
    }
    return last;
  }

  static @Nullable SSLEngine engine(Channel channel) {
    SslHandler ssl = tls(channel.pipeline());
    return ssl == null ? null : ssl.engine();
  }

  /** {@return the exchange that is under way over HTTP/1.1; null if there is none} */
  @Nullable AhcExchange current() {
    return current.get();
  }

  /** Begins an exchange, before its request is written. */
  void begin(Channel channel, AhcExchange exchange) {
    AhcStreams streams = channel.pipeline().get(AhcStreams.class);
    if (streams == null) {
      current.set(exchange);
    } else {
      streams.begin(exchange);
    }
  }

  /** Ends an exchange, of which no more is to be told. */
  void end(AhcExchange exchange) {
    current.compareAndSet(exchange, null);
  }

  /** Ends an exchange on a connection, of which no more is to be told; on any thread. */
  static void end(Channel channel, AhcExchange exchange) {
    AhcWire wire = channel.pipeline().get(AhcWire.class);
    if (wire != null) {
      wire.connection().end(exchange);
    }
    AhcStreams streams = channel.pipeline().get(AhcStreams.class);
    if (streams != null) {
      streams.end(exchange);
    }
  }

  void tunnelled() {
    tunnelled = true;
  }
}
