package io.httptrace.client.netty;

import io.httptrace.client.concurrent.Clock;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of one connection. It has no thread: a thread that brings a task while none runs
 * runs it at once ({@link SerialTasks}), and that the socket is ready is learned by the poller that
 * all connections share, or by the caller who waits for the connection ({@link Readiness}).
 */
final class ConnectionLoop extends AbstractEventExecutor implements IoEventLoop {
  private final ConnectionLoops group;
  private final Poller poller;
  private final Clock clock;
  private final SerialTasks tasks = new SerialTasks();
  private volatile @Nullable Readiness readiness;

  ConnectionLoop(ConnectionLoops group, Poller poller, Clock clock) {
    this.group = group;
    this.poller = poller;
    this.clock = clock;
  }

  /** {@return how the connection learns that its socket is ready; null if it has none yet} */
  @Nullable Readiness readiness() {
    return readiness;
  }

  IoBuffers ioBuffers() {
    return group.ioBuffers();
  }

  /**
   * Something has been read. As a task of the connection.
   *
   * @param full whether it filled its buffer
   */
  void hasRead(boolean full) {
    Readiness known = readiness;
    if (known != null) {
      known.readFull(full);
      known.readTime().hasRead();
    }
  }

  // ---- Tasks ----

  @Override
  public void execute(Runnable task) {
    tasks.execute(task);
  }

  @Override
  public boolean inEventLoop(Thread thread) {
    return tasks.isOwner(thread);
  }

  boolean atEndOfTurn(Runnable action) {
    if (!inEventLoop()) {
      return false;
    }
    tasks.atEnd(action);
    return true;
  }

  /** {@return whether others may have brought what has been run in this turn} In a task only. */
  boolean runsForOthers() {
    return tasks.isMixed();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return schedule(Executors.callable(task), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return new LoopTimer<>(this, task, clock, unit.toNanos(delay));
  }

  // ---- The channel ----

  @Override
  public Future<IoRegistration> register(IoHandle handle) {
    Promise<IoRegistration> promise = newPromise();
    if (inEventLoop()) {
      register((NioIoHandle) handle, promise);
    } else {
      execute(() -> register((NioIoHandle) handle, promise));
    }
    return promise;
  }

  private void register(NioIoHandle handle, Promise<IoRegistration> promise) {
    NettyRegistration made = new NettyRegistration(handle, poller, tasks);
    try {
      made.start();
    } catch (RuntimeException e) {
      promise.setFailure(e);
      return;
    }
    readiness = made.readiness();
    promise.setSuccess(made);
  }

  @Override
  @Deprecated
  public ChannelFuture register(Channel channel) {
    return register(new DefaultChannelPromise(channel, this));
  }

  @Override
  @Deprecated
  public ChannelFuture register(ChannelPromise promise) {
    promise.channel().unsafe().register(this, promise);
    return promise;
  }

  @Override
  @Deprecated
  public ChannelFuture register(Channel channel, ChannelPromise promise) {
    channel.unsafe().register(this, promise);
    return promise;
  }

  @Override
  public IoEventLoop next() {
    return this;
  }

  @Override
  public @Nullable EventLoopGroup parent() {
    return null;
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> type) {
    return NettyRegistration.takes(type);
  }

  @Override
  public boolean isIoType(Class<? extends IoHandler> type) {
    return type == NioIoHandler.class;
  }

  // ---- The end, which is that of all ----

  @Override
  public boolean isShuttingDown() {
    return group.isShuttingDown();
  }

  @Override
  public boolean isShutdown() {
    return group.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return group.isTerminated();
  }

  @Override
  @Deprecated
  public void shutdown() {
    throw new UnsupportedOperationException("a connection is closed, not its loop");
  }

  @Override
  public Future<?> shutdownGracefully(long quiet, long timeout, TimeUnit unit) {
    throw new UnsupportedOperationException("a connection is closed, not its loop");
  }

  @Override
  public Future<?> terminationFuture() {
    return group.terminationFuture();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return group.awaitTermination(timeout, unit);
  }
}
