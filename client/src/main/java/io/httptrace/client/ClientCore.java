package io.httptrace.client;

import io.httptrace.client.call.CallEnvironment;
import io.httptrace.client.call.Calls;
import io.httptrace.client.concurrent.CallerThread;
import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.DaemonThreads;
import io.httptrace.client.concurrent.SystemClock;
import io.httptrace.client.concurrent.Workers;
import io.httptrace.client.connect.Lookups;
import io.httptrace.client.connect.NettyConnector;
import io.httptrace.client.connect.NettyDialer;
import io.httptrace.client.connect.SystemResolver;
import io.httptrace.client.connect.TlsConfig;
import io.httptrace.client.hooks.ConnectionEvents;
import io.httptrace.client.netty.ConnectionLoops;
import io.httptrace.client.pool.ConnectionPool;
import io.httptrace.client.pool.Dialer;
import io.httptrace.connections.ConnectionListener;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The parts of a client that have threads and connections. It has no reference to the client
 * object, so that an unreachable client can be detected and shut down.
 */
final class ClientCore {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** There is one poller for each group of so many processors. */
  private static final int PROCESSORS_FOR_A_POLLER = 4;

  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final String name;
  private final ConnectionLoops loops;
  private final TlsConfig tls;
  private final NettyConnector connector;
  private final SystemClock timers;
  private final Workers workers;
  private final Workers dependents;
  private final Executor executor;
  private final ConnectionPool pool;
  private final Calls calls;
  private final CountDownLatch loopsEnded = new CountDownLatch(1);

  ClientCore(ClientConfig config, TlsConfig tls) {
    this.name = "httptrace-" + NUMBER.incrementAndGet();
    this.tls = tls;
    this.timers = new SystemClock(name + "-timer");
    this.dependents = Workers.forDependents(name + "-completion");
    this.loops = loops();
    this.workers = new Workers(name + "-worker");
    this.connector = new NettyConnector(loops, config.localAddress, config.destinations);
    Clock clock = config.clock == null ? timers : config.clock;
    this.pool = pool(config, clock);
    this.executor = config.executor == null ? workers : workers.asFallbackFor(config.executor);
    this.calls = new Calls(environment(config, clock), this::end);
  }

  private ConnectionLoops loops() {
    int pollers = 1 + (Runtime.getRuntime().availableProcessors() - 1) / PROCESSORS_FOR_A_POLLER;
    return new ConnectionLoops(pollers, name + "-io", timers, dependents);
  }

  private ConnectionPool pool(ClientConfig config, Clock clock) {
    ConnectionListener listener = config.connectionListener;
    return new ConnectionPool(
        config.poolLimits(),
        dialer(config, clock),
        clock,
        listener == null ? null : new ConnectionEvents(listener, workers));
  }

  private Dialer dialer(ClientConfig config, Clock clock) {
    Resolver resolver = config.resolver;
    Function<String, CompletionStage<List<InetAddress>>> lookup =
        resolver != null ? resolver::resolve : new SystemResolver(workers);
    return new NettyDialer(
        new Lookups(lookup, config.resolverName),
        connector,
        tls,
        config.dialSettings(clock),
        clock,
        workers);
  }

  private CallEnvironment environment(ClientConfig config, Clock clock) {
    return new CallEnvironment(
        pool,
        config.proxies,
        clock,
        executor,
        workers,
        loops::complete,
        config.exchangeSettings(),
        config.requestDefaults(),
        config.policies());
  }

  /** {@return the executor that runs the caller's code; it never rejects} */
  Executor executor() {
    return executor;
  }

  /** {@return the name its threads begin with} */
  String name() {
    return name;
  }

  Calls calls() {
    return calls;
  }

  ConnectionPool pool() {
    return pool;
  }

  /**
   * Ends a client that nobody can reach any more. Called by the cleaner, and runs on a worker:
   * Netty warns about a shutdown on a cleaner's thread.
   */
  void shutdownUnreachable() {
    workers.execute(calls::shutdown);
  }

  /**
   * Ends everything, once there are no calls: the dials, the channels, and then the threads. The
   * loops end last, so that no task of the others for them is lost.
   */
  private void end() {
    pool.close(() -> connector.close(() -> workers.close(this::endLoops)));
  }

  private void endLoops() {
    timers.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(f -> ended());
  }

  private void ended() {
    dependents.close(() -> {});
    tls.close();
    loopsEnded.countDown();
  }

  /**
   * {@return whether waiting for the end would block it: the calling thread runs code for a
   * request, such as a hook}
   */
  boolean runsHere() {
    return DaemonThreads.runHere(name) || calls.runHere();
  }

  boolean awaitEnd(Duration atMost) throws InterruptedException {
    End end = new End(System.nanoTime() + Clock.nanos(atMost));
    CallerThread.block(end);
    return end.ended;
  }

  /** Waits for all threads to end, until a deadline. */
  private final class End implements ForkJoinPool.ManagedBlocker {
    private final long deadline;
    private boolean ended;

    End(long deadline) {
      this.deadline = deadline;
    }

    private long left() {
      return deadline - System.nanoTime();
    }

    @Override
    public boolean isReleasable() {
      return false;
    }

    /**
     * Checks repeatedly whether the last call is over. A notification would come after the caller's
     * code that depends on that call, and that code may be waiting here.
     */
    private boolean awaitLoops() throws InterruptedException {
      boolean over = false;
      while (!over && left() > 0) {
        calls.checkDrained();
        over = loopsEnded.await(Math.min(left(), LOOK_AGAIN_NANOS), TimeUnit.NANOSECONDS);
      }
      return over || loopsEnded.getCount() == 0;
    }

    @Override
    public boolean block() throws InterruptedException {
      ended = awaitLoops() && timers.awaitClosed(left()) && workers.awaitClosed(left());
      return true;
    }
  }
}
