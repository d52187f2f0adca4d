package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.RequestHead.Field;
import io.httptrace.client.netty.ClientSocketChannel;
import io.httptrace.client.netty.ConnectionLoops;
import io.httptrace.client.netty.TestClock;
import io.httptrace.client.route.HttpVersions;
import io.httptrace.client.route.PoolKey;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is written where futures are completed goes out after those, in one piece; but not what
 * others have written meanwhile: what depends on a future may run for long.
 */
class FlushForOthersTest {
  private static final ExchangeCodec.Listener NOBODY =
      (ExchangeCodec.Listener)
          Proxy.newProxyInstance(
              FlushForOthersTest.class.getClassLoader(),
              new Class<?>[] {ExchangeCodec.Listener.class},
              (proxy, method, arguments) ->
                  method.getName().equals("equals") ? proxy == arguments[0] : null);

  /** Nobody looks whether a completion takes long. */
  private final TestClock clock = new TestClock();

  private final ConnectionLoops loops = new ConnectionLoops(1, "io", clock, Runnable::run);
  private final List<String> out = new CopyOnWriteArrayList<>();
  private ServerSocket server;
  private Channel channel;
  private Http2Connection connection;
  private volatile Runnable duringWrite = () -> {};

  @BeforeEach
  void connect() throws Exception {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    channel =
        new Bootstrap()
            .group(loops)
            .channel(ClientSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(server.getLocalSocketAddress())
            .sync()
            .channel();
    CompletableFuture<Http2Connection> made = new CompletableFuture<>();
    channel
        .eventLoop()
        .execute(
            () -> {
              made.complete(
                  Http2Connection.on(
                      new PoolKey("http", "a", 80, null, HttpVersions.HTTP_2_PRIOR_KNOWLEDGE),
                      1,
                      channel,
                      null,
                      new Http2Config(clock, 1 << 20, 0, TimeUnit.SECONDS.toNanos(1))));
              channel.pipeline().addFirst(new Seen());
            });
    connection = made.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    channel.close().sync();
    loops.shutdownGracefully().sync();
    server.close();
  }

  /** Sees what goes out. */
  private final class Seen extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      out.add("write");
      Runnable action = duringWrite;
      duringWrite = () -> {};
      action.run();
      ctx.write(message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
      out.add("flush");
      ctx.flush();
    }
  }

  private void begin() {
    List<Field> fields =
        List.of(
            new Field(":method", List.of("GET")),
            new Field(":scheme", List.of("http")),
            new Field(":authority", List.of("a")),
            new Field(":path", List.of("/")));
    connection.codec().begin(new RequestHead("GET", "/", fields, 0, false, true), NOBODY);
  }

  /** {@return what goes out while a completion begins a request, and after that completion} */
  private List<String> outOfACompletion() throws Exception {
    CompletableFuture<List<String>> during = new CompletableFuture<>();
    Gate flushed = new Gate();
    loops.complete(
        () -> {
          out.clear();
          begin();
          during.complete(List.copyOf(out));
        });
    List<String> before = during.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
    loops.complete(flushed::open);
    assertThat(flushed.await(Waiting.LIMIT)).isTrue();
    return before;
  }

  @Test
  void whatACompletionWritesWaitsForTheOthers() throws Exception {
    assertThat(outOfACompletion()).containsOnly("write");
  }

  @Test
  void whatAnotherThreadBringsMeanwhileGoesOutAtOnce() throws Exception {
    duringWrite =
        () -> {
          Thread other = new Thread(this::begin);
          other.start();
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };

    assertThat(outOfACompletion()).endsWith("write", "flush");
  }
}
