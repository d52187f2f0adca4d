package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.concurrent.SystemClock;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A connection, its peer, the poller, and callers who wait for it. */
abstract class ReadinessFixture {
  static final String POLLER = "poller-1";

  final SerialTasks tasks = new SerialTasks();
  final Gate ended = new Gate();
  final SystemClock clock = new SystemClock("timer");
  final Poller poller = new Poller("poller", clock, Runnable::run, ended::open);
  final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  final AtomicBoolean news = new AtomicBoolean();
  final AtomicInteger dealtWith = new AtomicInteger();
  final BlockingQueue<Long> readTimes = new LinkedBlockingQueue<>();

  SocketChannel socket;
  SocketChannel peer;
  Readiness readiness;

  @BeforeEach
  void connect() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      socket = SocketChannel.open(listener.getLocalAddress());
      peer = listener.accept();
    }
    socket.configureBlocking(false);
    readiness = new Readiness(socket, poller, tasks, this::ready);
    readiness.start();
    begin();
    tasks.execute(() -> readiness.interest(SelectionKey.OP_READ));
  }

  /** Comes before anything is wanted. */
  void begin() {}

  @AfterEach
  void end() throws Exception {
    socket.close();
    peer.close();
    tasks.execute(readiness::cancel);
    clock.close();
    poller.stop();
    assertThat(ended.await(Waiting.LIMIT)).isTrue();
  }

  /** As a task: reads all there is, and tells who did. */
  void ready(int ops) {
    assertThat(tasks.isOwner(Thread.currentThread())).isTrue();
    dealtWith.incrementAndGet();
    try {
      ByteBuffer read = ByteBuffer.allocate(100);
      if (socket.read(read) != 0) {
        readiness.readTime().hasRead();
        readTimes.add(readiness.readTime().nanoTime());
        heard.add(Thread.currentThread().getName());
      }
    } catch (IOException e) {
      heard.add(e.toString());
    }
  }

  void say() throws IOException {
    peer.write(ByteBuffer.wrap(new byte[] {1}));
  }

  String heardBy() throws InterruptedException {
    return heard.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** A caller as {@code Strand} makes one of a thread that waits. */
  Thread caller(String name) {
    Thread caller =
        new Thread(
            () -> {
              readiness.attach();
              while (!news.get()) {
                if (!readiness.drive(news::get)) {
                  LockSupport.park(this);
                }
              }
              readiness.leave(true);
            },
            name);
    caller.start();
    return caller;
  }

  void tell(Thread caller) {
    news.set(true);
    LockSupport.unpark(caller);
    readiness.wake(caller);
  }

  static void ends(Thread thread) throws InterruptedException {
    thread.join(Waiting.LIMIT.toMillis());
    assertThat(thread.isAlive()).isFalse();
  }

  /** Returns when the thread waits in the selector. */
  static void waits(Thread caller) {
    long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (!isInSelector(caller)) {
      assertThat(System.nanoTime()).as("does not wait").isLessThan(deadline);
      LockSupport.parkNanos(100_000);
    }
  }

  static boolean isInSelector(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .map(StackTraceElement::getMethodName)
        .anyMatch(method -> method.equals("epollWait") || method.equals("wait"));
  }

  /**
   * Nobody looks any more whether the caller who waits stays away, as one that has lost its
   * processor seems to.
   */
  void isNotLookedAfter() throws InterruptedException {
    poller.unwatch(readiness);
    Gate ticked = new Gate();
    poller.watch(new Ticking(ticked));
    assertThat(ticked.await(Waiting.LIMIT)).isTrue();
  }

  /** Hears of one tick. The connection may have heard of one before, and of none afterwards. */
  private final class Ticking implements Poller.Source {
    private final Gate ticked;

    Ticking(Gate ticked) {
      this.ticked = ticked;
    }

    @Override
    public boolean heard(SelectionKey key, LongSupplier now) {
      return false;
    }

    @Override
    public void dealWith() {}

    @Override
    public void tick() {
      poller.unwatch(this);
      ticked.open();
    }
  }
}
