package io.httptrace.client.netty;

import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.ConnectionDriver;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutorGroup;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Gives each connection a loop of its own. What they share is a poller, or a few. */
public final class ConnectionLoops extends AbstractEventExecutorGroup implements EventLoopGroup {
  private final Poller[] pollers;
  private final Clock clock;
  private final IoBuffers ioBuffers;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger running;
  private final Promise<Void> terminated = new DefaultPromise<>(GlobalEventExecutor.INSTANCE);
  private volatile boolean shuttingDown;

  /**
   * Makes the loops of one client, and starts the pollers.
   *
   * @param pollers how many pollers there are; with two of them half as much is done for each time
   *     that one wakes up, so another one must be worth that
   * @param name of their threads
   * @param clock keeps Netty's timers
   * @param elsewhere completes futures that pollers do not
   */
  public ConnectionLoops(int pollers, String name, Clock clock, Executor elsewhere) {
    this.clock = clock;
    this.ioBuffers = new IoBuffers(2 * Runtime.getRuntime().availableProcessors());
    this.running = new AtomicInteger(pollers);
    this.pollers = new Poller[pollers];
    for (int i = 0; i < pollers; i++) {
      this.pollers[i] = new Poller(name + "-" + (i + 1), clock, elsewhere, this::pollerEnded);
    }
  }

  private void pollerEnded() {
    if (running.decrementAndGet() == 0) {
      try {
        ioBuffers.close();
      } finally {
        terminated.setSuccess(null);
      }
    }
  }

  /**
   * {@return what a caller who waits for a channel can drive; null if the channel is of another
   * kind}
   *
   * @param channel the channel, which is registered
   */
  public static @Nullable ConnectionDriver driverOf(Channel channel) {
    return readinessOf(channel);
  }

  /**
   * {@return the same for a channel that several exchanges may have at a time}
   *
   * @param channel the channel, which is registered
   * @param exchanges how many exchanges have it now; on any thread
   */
  public static @Nullable ConnectionDriver driverOf(Channel channel, IntSupplier exchanges) {
    Readiness readiness = readinessOf(channel);
    return readiness == null
        ? null
        : new SharedConnectionDriver(readiness, readiness::isUnpolled, exchanges);
  }

  /**
   * {@return the same for a channel of which nothing has been asked yet} No other thread drives it,
   * as the calling thread is about to wait for it; but it is noticed if it stays away.
   *
   * @param channel the channel, which is registered
   */
  public static @Nullable ConnectionDriver driverForCaller(Channel channel) {
    Readiness readiness = readinessOf(channel);
    if (readiness != null) {
      readiness.expectCaller();
    }
    return readiness;
  }

  private static @Nullable Readiness readinessOf(Channel channel) {
    return channel.eventLoop() instanceof ConnectionLoop loop ? loop.readiness() : null;
  }

  /**
   * {@return whether nobody would notice now if the peer closed an idle connection}
   *
   * @param channel its channel
   */
  public static boolean isUnpolled(Channel channel) {
    Readiness readiness = readinessOf(channel);
    return readiness != null && readiness.isUnpolled();
  }

  /**
   * {@return when what a channel reads was there to be read}
   *
   * @param channel the channel, which is registered
   */
  public static ReadTime readTimeOf(Channel channel) {
    Readiness readiness = readinessOf(channel);
    return readiness == null ? ReadTime.UNKNOWN : readiness.readTime();
  }

  /**
   * Has an action run when the thread that runs the tasks of a channel has run those there are.
   *
   * @param channel the channel
   * @param action the action; the same one runs once
   * @return whether that is the calling thread, and the action will run
   */
  public static boolean atEndOfTurn(Channel channel, Runnable action) {
    return channel.eventLoop() instanceof ConnectionLoop loop && loop.atEndOfTurn(action);
  }

  /**
   * {@return whether others than the calling thread may have brought what it has run in this turn}
   * On the event loop of the channel only.
   *
   * @param channel the channel
   */
  public static boolean runsForOthers(Channel channel) {
    return channel.eventLoop() instanceof ConnectionLoop loop && loop.runsForOthers();
  }

  /**
   * Has a channel read into buffers that connections share. For a channel that has not read yet,
   * and whose reader keeps little of what it reads.
   *
   * @param channel the channel
   */
  public static void shareIoBuffers(Channel channel) {
    if (channel.eventLoop() instanceof ConnectionLoop loop) {
      channel.config().setRecvByteBufAllocator(loop.ioBuffers());
    }
  }

  /**
   * Has a channel keep its addresses: it is asked while it is open, because one that is closed has
   * none, unless it has been asked before.
   *
   * @param channel the channel, which is connected
   */
  public static void keepAddresses(Channel channel) {
    var local = channel.localAddress();
    var remote = channel.remoteAddress();
    assert !channel.isActive() || (local != null && remote != null) : "no addresses";
  }

  /**
   * Deals with what has come on an idle connection while nobody listened.
   *
   * @param channel its channel
   */
  public static void pollNow(Channel channel) {
    Readiness readiness = readinessOf(channel);
    if (readiness != null) {
      readiness.pollNow();
    }
  }

  /**
   * Runs completions of futures that are handed to callers, and so what depends on them: on the
   * thread of a poller, unless they keep it.
   *
   * @param completion completes a future
   */
  public void complete(Runnable completion) {
    Poller chosen = pollers[0];
    for (Poller each : pollers) {
      if (each.runsHere()) {
        chosen = each;
      }
    }
    chosen.completions().execute(completion);
  }

  IoBuffers ioBuffers() {
    return ioBuffers;
  }

  @Override
  public EventLoop next() {
    int number = Math.floorMod(next.getAndIncrement(), pollers.length);
    return new ConnectionLoop(this, pollers[number], clock);
  }

  @Override
  public ChannelFuture register(Channel channel) {
    return next().register(channel);
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    return next().register(promise);
  }

  @Override
  @Deprecated
  public ChannelFuture register(Channel channel, ChannelPromise promise) {
    return next().register(channel, promise);
  }

  @Override
  public Iterator<EventExecutor> iterator() {
    return Collections.emptyIterator();
  }

  @Override
  public boolean isShuttingDown() {
    return shuttingDown;
  }

  @Override
  public boolean isShutdown() {
    return terminated.isDone();
  }

  @Override
  public boolean isTerminated() {
    return terminated.isDone();
  }

  @Override
  @Deprecated
  public void shutdown() {
    shuttingDown = true;
    for (Poller each : pollers) {
      each.stop();
    }
  }

  @Override
  @SuppressWarnings("deprecation")
  public Future<?> shutdownGracefully(long quiet, long timeout, TimeUnit unit) {
    shutdown();
    return terminated;
  }

  @Override
  public Future<?> terminationFuture() {
    return terminated;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return terminated.await(timeout, unit);
  }
}
