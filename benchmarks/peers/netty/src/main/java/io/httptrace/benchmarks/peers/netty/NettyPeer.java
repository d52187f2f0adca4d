package io.httptrace.benchmarks.peers.netty;

import io.httptrace.benchmarks.peer.PeerClient;
import io.httptrace.benchmarks.peer.PeerConfig;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * What is possible on Netty: its codec and one handler, on one event loop, with a fixed set of
 * connections. No pool, no redirects, no time limits, no cookies.
 *
 * <p>Options: {@code transport=nio} or {@code epoll}; {@code tls=jdk} or {@code boringssl}.
 */
public final class NettyPeer implements PeerClient {
  private final PeerConfig config;
  private final EventLoopGroup group;
  private final Bootstrap bootstrap;
  private final ArrayBlockingQueue<NettyHttp1> free;
  private final NettyHttp2 http2;
  private final @Nullable SslContext tls;

  /**
   * Makes one.
   *
   * @param config what it is told
   */
  public NettyPeer(PeerConfig config)
      throws IOException, GeneralSecurityException, InterruptedException {
    this.config = config;
    boolean epoll = config.option("transport", "nio").equals("epoll");
    group =
        new MultiThreadIoEventLoopGroup(
            1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    tls = config.tls() ? tls(config) : null;
    free = new ArrayBlockingQueue<>(config.maxInFlight());
    http2 = new NettyHttp2(config.authority());
    bootstrap =
        new Bootstrap()
            .group(group)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .remoteAddress(PeerConfig.HOST, config.port())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connected(channel);
                  }
                });
    if (config.h2()) {
      Channel channel = bootstrap.connect().sync().channel();
      channel.pipeline().get(SslHandler.class).handshakeFuture().sync();
    }
    for (int i = 0; !config.tls() && i < config.maxInFlight(); i++) {
      free.add(connectionOf(bootstrap.connect().sync().channel()));
    }
  }

  private static SslContext tls(PeerConfig config) throws IOException, GeneralSecurityException {
    boolean boringSsl = config.option("tls", "jdk").equals("boringssl");
    return SslContextBuilder.forClient()
        .trustManager(config.trustManagerFactory())
        .sslProvider(boringSsl ? SslProvider.OPENSSL : SslProvider.JDK)
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                config.h2() ? "h2" : "http/1.1"))
        .build();
  }

  private void connected(Channel channel) {
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc(), PeerConfig.HOST, config.port());
      SSLEngine engine = handler.engine();
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      engine.setSSLParameters(parameters);
      channel.pipeline().addLast(handler);
    }
    if (config.h2()) {
      channel.pipeline().addLast(Http2Frames.of(http2));
    } else {
      channel.pipeline().addLast(new HttpClientCodec());
      channel.pipeline().addLast(new NettyHttp1(config.authority(), free::add));
    }
  }

  private static NettyHttp1 connectionOf(Channel channel) {
    return channel.pipeline().get(NettyHttp1.class);
  }

  private NettyExchange send(NettyExchange exchange) {
    if (config.h2()) {
      http2.send(exchange);
      return exchange;
    }
    NettyHttp1 connection = free.poll();
    if (connection != null) {
      connection.send(exchange);
    } else {
      bootstrap
          .connect()
          .addListener(
              (ChannelFuture dial) -> {
                if (dial.isSuccess()) {
                  connectionOf(dial.channel()).send(exchange);
                } else {
                  exchange.completeExceptionally(dial.cause());
                }
              });
    }
    return exchange;
  }

  @Override
  public byte[] get(String path) throws ExecutionException, InterruptedException {
    return send(new NettyExchange(path, null, false)).get();
  }

  @Override
  public byte[] post(String path, byte[] body) throws ExecutionException, InterruptedException {
    return send(new NettyExchange(path, body, false)).get();
  }

  @Override
  public CompletableFuture<Integer> getAsync(String path) {
    return send(new NettyExchange(path, null, false)).thenApply(body -> body.length);
  }

  @Override
  public long download(String path) throws ExecutionException, InterruptedException {
    NettyExchange exchange = new NettyExchange(path, null, true);
    send(exchange).get();
    return exchange.count();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
