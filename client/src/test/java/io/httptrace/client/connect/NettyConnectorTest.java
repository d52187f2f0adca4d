package io.httptrace.client.connect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.concurrent.ConnectionDriver;
import io.httptrace.client.concurrent.SystemClock;
import io.httptrace.client.netty.ConnectionLoops;
import io.httptrace.client.pool.Dialer;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NettyConnectorTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final SystemClock clock = new SystemClock("connector-timer");
  private final ConnectionLoops loops =
      new ConnectionLoops(1, "connector-io", clock, Runnable::run);
  private final NettyConnector connector =
      new NettyConnector(loops, null, UnaryOperator.identity());

  /** As the handler of TLS does when it is asked a second time: says that it has closed. */
  private static final class SaysItHasClosed extends ChannelOutboundHandlerAdapter {
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      promise.setSuccess();
    }
  }

  @AfterEach
  void endLoops() {
    clock.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private Channel connected() throws Exception {
    ScriptedServer server =
        guard.watch(ScriptedServer.builder("peer").connections(c -> c.awaitPeerClose()).start());
    CompletableFuture<Channel> channel = new CompletableFuture<>();
    connector.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
        null,
        (connected, error) -> channel.complete(requireNonNull(connected)));
    return channel.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void connectsWhileTheOneWhoWaitsDrivesTheSocket() throws Exception {
    ScriptedServer server =
        guard.watch(ScriptedServer.builder("peer").connections(c -> c.awaitPeerClose()).start());
    Driving waiter = new Driving();
    CompletableFuture<Channel> channel = new CompletableFuture<>();
    connector.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
        waiter,
        (connected, error) -> {
          channel.complete(requireNonNull(connected));
          LockSupport.unpark(waiter.thread);
        });

    ConnectionDriver driver = requireNonNull(waiter.driver);
    while (!channel.isDone()) {
      if (!driver.drive(channel::isDone)) {
        LockSupport.parkNanos(Waiting.LIMIT.toNanos());
      }
    }

    assertThat(channel.join().isActive()).isTrue();
    channel.join().close();
  }

  /** Waits on the thread that makes it. */
  private static final class Driving implements Dialer.Waiter {
    private final Thread thread = Thread.currentThread();
    private @Nullable ConnectionDriver driver;

    @Override
    public boolean waitsHere() {
      return Thread.currentThread() == thread;
    }

    @Override
    public void drives(ConnectionDriver driver) {
      this.driver = driver;
      driver.attach();
    }
  }

  @Test
  void isClosedWhenItsChannelsAreAndNotWhenTheySaySo() throws Exception {
    Channel channel = connected();
    channel.pipeline().addLast("says", new SaysItHasClosed());
    Gate closed = new Gate();

    connector.close(closed::open);
    // Where the connector would be told; what it were told by now has arrived before this.
    GlobalEventExecutor.INSTANCE.submit(() -> {}).get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(closed.isOpen()).isFalse();

    channel.pipeline().remove("says");
    channel.close();
    assertThat(closed.await(Waiting.LIMIT)).isTrue();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void isClosedAtOnceWithoutChannels() throws Exception {
    Gate closed = new Gate();

    connector.close(closed::open);

    assertThat(closed.await(Waiting.LIMIT)).isTrue();
  }
}
