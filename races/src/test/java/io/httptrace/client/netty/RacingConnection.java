package io.httptrace.client.netty;

import io.httptrace.client.concurrent.NoClock;
import io.httptrace.client.races.Check;
import io.httptrace.client.races.Wait;
import java.nio.channels.SelectionKey;
import java.util.concurrent.locks.LockSupport;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * A connection that reads and counts what its peer says, the poller that may listen for it, and a
 * caller who waits for it as the host of a strand does. Scenarios add what else happens.
 */
public abstract class RacingConnection {
  final FakeNetwork network = new FakeNetwork();
  final FakeSocket socket = network.socket();
  final SerialTasks tasks = new SerialTasks();
  final Readiness readiness;
  final FakeSelector shared = network.openSelector();
  final Poller poller;
  private Runnable poll;
  private int wanted = SelectionKey.OP_READ;

  private volatile Thread host;
  private volatile boolean news;

  // With the monitor of this held.
  private int heard;
  private int ends;

  // Written by tasks.
  private boolean busy;

  RacingConnection() {
    poller = new Poller(shared, this::thread, new NoClock(), Runnable::run, () -> {});
    readiness = new Readiness(socket, poller, tasks, this::ready);
    readiness.start();
    begin();
    wants(wanted);
  }

  /** The poller's thread is one of the scenario. */
  private Thread thread(Runnable task) {
    poll = task;
    return new Thread() {
      @Override
      public void start() {}
    };
  }

  /** Comes before anything is wanted. */
  void begin() {}

  @Operation
  public void poller() {
    poll.run();
  }

  private void ready(int ops) {
    Check.that("one at a time", !busy);
    busy = true;
    heard();
    int read = socket.read();
    int total;
    synchronized (this) {
      heard += read;
      total = heard;
      notifyAll();
    }
    heard(total);
    busy = false;
  }

  /** As a task, when it is about to read. */
  void heard() {}

  /** As a task, when so many messages have been read. */
  void heard(int messages) {}

  final synchronized void awaitHeard(int messages) {
    Wait.on(this, () -> heard >= messages);
    Check.equal("heard", heard, messages);
  }

  final void wants(int ops) {
    wanted = ops;
    tasks.execute(this::want);
  }

  private void want() {
    readiness.interest(wanted);
  }

  /** Waits for news, and drives the connection meanwhile. */
  final void call(boolean over) {
    host = Thread.currentThread();
    readiness.attach();
    while (!news) {
      if (!readiness.drive(this::hasNews)) {
        LockSupport.park(this);
      }
    }
    readiness.leave(over);
  }

  private boolean hasNews() {
    return news;
  }

  /** The caller need wait no longer. */
  final void tell() {
    news = true;
    Thread waiting = host;
    if (waiting != null) {
      LockSupport.unpark(waiting);
      readiness.wake(waiting);
    }
  }

  /** The last of the threads but the poller's that calls this ends it all. */
  final void ended(int threads) {
    boolean last;
    synchronized (this) {
      last = ++ends == threads;
    }
    if (last) {
      close();
      poller.stop();
    }
  }

  final void close() {
    tasks.execute(readiness::cancel);
  }

  @Validate
  public void nothingIsLeft() {
    Check.equal("open selectors", network.openSelectors(), 0);
  }
}
