package io.httptrace.benchmarks.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The server of the measurements, on ports of loopback: HTTP/1.1, the same over TLS, HTTP/2 over
 * TLS. It answers {@code GET /hello} with 100 bytes, {@code /1m} with 1 MiB, {@code /close} with
 * 100 bytes and the end of the connection, and {@code POST /echo} with what it was sent. A fourth
 * port tells what has been counted.
 */
public final class BenchServer implements AutoCloseable {
  /** A session that was made longer ago than this was not made by its connection's handshake. */
  private static final int RESUMED_AFTER_MILLIS = 2_000;

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup acceptor = group(1);
  private final EventLoopGroup workers = group(2);
  private final Counters plain = new Counters();
  private final Counters overTls = new Counters();
  private final Counters http2 = new Counters();
  private final int plainPort;
  private final int countersPort;
  private final int tlsPort;
  private final int http2Port;

  /**
   * Starts it.
   *
   * @param tls the contexts of its ports with TLS; null for none
   */
  public BenchServer(@Nullable ServerContexts tls) {
    plainPort = bind(null, plain, channel -> new Http1ServerHandler(plain));
    tlsPort =
        tls == null ? 0 : bind(tls.http1(), overTls, channel -> new Http1ServerHandler(overTls));
    http2Port =
        tls == null ? 0 : bind(tls.http2(), http2, channel -> Http2ServerHandler.counting(http2));
    countersPort = bind(null, new Counters(), channel -> new CountersHandler(this::counters));
  }

  private EventLoopGroup group(int threads) {
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(threads, io);
  }

  private String counters() {
    return plain.line("h1")
        + overTls.line("h1_tls")
        + http2.line("h2_tls")
        + " resumed="
        + (overTls.resumed.sum() + http2.resumed.sum());
  }

  private int bind(
      @Nullable SslContext tls, Counters counters, Function<Channel, ChannelHandler> handler) {
    Class<? extends ServerChannel> type =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    Channel channel =
        new ServerBootstrap()
            .group(acceptor, workers)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel accepted) {
                    accepted(accepted, counters, tls);
                    accepted.pipeline().addLast(handler.apply(accepted));
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private static void accepted(Channel channel, Counters counters, @Nullable SslContext tls) {
    counters.connections.increment();
    counters.open.incrementAndGet();
    channel.closeFuture().addListener(closed -> counters.open.decrementAndGet());
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc());
      handler
          .handshakeFuture()
          .addListener(
              done -> {
                if (done.isSuccess() && isResumed(handler)) {
                  counters.resumed.increment();
                }
              });
      channel.pipeline().addLast(handler);
    }
  }

  private static boolean isResumed(SslHandler handler) {
    long age = System.currentTimeMillis() - handler.engine().getSession().getCreationTime();
    return age > RESUMED_AFTER_MILLIS;
  }

  /** {@return the port of HTTP/1.1} */
  public int plainPort() {
    return plainPort;
  }

  /** {@return the port of HTTP/1.1 over TLS; 0 if there is none} */
  public int tlsPort() {
    return tlsPort;
  }

  /** {@return the port of HTTP/2 over TLS; 0 if there is none} */
  public int http2Port() {
    return http2Port;
  }

  /** {@return the port that tells the counters} */
  public int countersPort() {
    return countersPort;
  }

  @Override
  public void close() {
    acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /**
   * Runs a server in a process of its own: prints its ports, and ends when its input does, so that
   * it never outlives the process that started it.
   *
   * @param args the folder of its certificate; none for a server without TLS
   */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    ServerContexts tls = args.length == 0 ? null : ServerContexts.of(Path.of(args[0]));
    try (BenchServer server = new BenchServer(tls)) {
      System.out.println(
          "READY h1="
              + server.plainPort
              + " h1_tls="
              + server.tlsPort
              + " h2_tls="
              + server.http2Port
              + " counters="
              + server.countersPort);
      System.in.transferTo(OutputStream.nullOutputStream());
    }
    System.exit(0);
  }
}
