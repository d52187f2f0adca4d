package io.httptrace.cli.demo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback, for HTTP/1.1 and, over TLS, HTTP/2. It is slow on purpose, so that each
 * phase can be seen: it waits before it answers, and sends the body in pieces.
 */
public final class DemoServer implements AutoCloseable {
  /** The name of the server. Only the demonstration's own resolver knows it. */
  public static final String HOST = "demo.localhost";

  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final EventLoopGroup loop;
  private final ChannelGroup channels;
  private final InetSocketAddress address;
  private final @Nullable ServerIdentity identity;

  private DemoServer(
      EventLoopGroup loop,
      ChannelGroup channels,
      InetSocketAddress address,
      @Nullable ServerIdentity identity) {
    this.loop = loop;
    this.channels = channels;
    this.address = address;
    this.identity = identity;
  }

  /**
   * {@return a server with TLS that is listening}
   *
   * @param pace how long it takes for what
   * @throws IOException if it cannot listen on loopback
   * @throws GeneralSecurityException if no certificate can be made
   */
  public static DemoServer start(DemoPace pace) throws IOException, GeneralSecurityException {
    return start(ThrowawayCertificate.create(HOST, Instant.now()).identity(), pace, VERSIONS);
  }

  /**
   * {@return a server with TLS that is listening}
   *
   * @param identity its certificate and key
   * @param pace how long it takes for what
   * @param versions the versions of TLS
   * @throws IOException if it cannot listen on loopback, or there is no TLS
   */
  public static DemoServer start(ServerIdentity identity, DemoPace pace, String... versions)
      throws IOException {
    return start(identity.context(versions), identity, pace);
  }

  /**
   * {@return a server without TLS that is listening}
   *
   * @param pace how long it takes for what
   * @throws IOException if it cannot listen on loopback
   */
  public static DemoServer startPlain(DemoPace pace) throws IOException {
    return start(null, null, pace);
  }

  private static DemoServer start(
      @Nullable SslContext tls, @Nullable ServerIdentity identity, DemoPace pace)
      throws IOException {
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("httptrace-demo-server", true), NioIoHandler.newFactory());
    ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new DemoProtocols(tls, pace, channels))
            .bind(InetAddress.getLoopbackAddress(), 0)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      stop(loop);
      throw new IOException("cannot listen on loopback", bound.cause());
    }
    Channel listening = bound.channel();
    channels.add(listening);
    return new DemoServer(loop, channels, (InetSocketAddress) listening.localAddress(), identity);
  }

  /** {@return the URI to request} */
  public URI uri() {
    return uri("/");
  }

  /** {@return the URI that is redirected to {@link #uri()}} */
  public URI redirectUri() {
    return uri(DemoAnswers.REDIRECT);
  }

  /** {@return the URI that is answered without a pause} */
  public URI hurriedUri() {
    return uri(DemoAnswers.AT_ONCE);
  }

  private URI uri(String path) {
    String scheme = identity == null ? "http" : "https";
    return URI.create(scheme + "://" + host() + ":" + address.getPort() + path);
  }

  /** {@return its name} */
  public String host() {
    return identity == null ? "localhost" : identity.host();
  }

  /** {@return the address it listens on} */
  public InetAddress address() {
    return address.getAddress();
  }

  /**
   * {@return a trust manager that trusts this server's certificate and no other; empty without TLS}
   *
   * @throws GeneralSecurityException if this JDK lacks an algorithm for it
   */
  public Optional<X509TrustManager> clientTrust() throws GeneralSecurityException {
    return identity == null ? Optional.empty() : Optional.of(identity.clientTrust());
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    channels.close().awaitUninterruptibly();
    stop(loop);
  }

  /** Its thread ends by itself. */
  private static void stop(EventLoopGroup loop) {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
