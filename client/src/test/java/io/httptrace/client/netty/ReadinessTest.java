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
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Whoever should listen hears it, on its own thread; and no wake-up is lost. */
class ReadinessTest {
  private static final String POLLER = "poller-1";

  private final SerialTasks tasks = new SerialTasks();
  private final Gate ended = new Gate();
  private final SystemClock clock = new SystemClock("timer");
  private final Poller poller = new Poller("poller", clock, Runnable::run, ended::open);
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final AtomicBoolean news = new AtomicBoolean();
  private final AtomicInteger dealtWith = new AtomicInteger();
  private final BlockingQueue<Long> readTimes = new LinkedBlockingQueue<>();

  private SocketChannel socket;
  private SocketChannel peer;
  private Readiness readiness;

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
    tasks.execute(() -> readiness.interest(SelectionKey.OP_READ));
  }

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
  private void ready(int ops) {
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

  private void say() throws IOException {
    peer.write(ByteBuffer.wrap(new byte[] {1}));
  }

  private String heardBy() throws InterruptedException {
    return heard.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** A caller as {@code Strand} makes one of a thread that waits. */
  private Thread caller(String name) {
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

  private void tell(Thread caller) {
    news.set(true);
    LockSupport.unpark(caller);
    readiness.wake(caller);
  }

  private static void ends(Thread thread) throws InterruptedException {
    thread.join(Waiting.LIMIT.toMillis());
    assertThat(thread.isAlive()).isFalse();
  }

  /** Returns when the thread waits in the selector. */
  private static void waits(Thread caller) {
    long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (!isInSelector(caller)) {
      assertThat(System.nanoTime()).as("does not wait").isLessThan(deadline);
      LockSupport.parkNanos(100_000);
    }
  }

  private static boolean isInSelector(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .map(StackTraceElement::getMethodName)
        .anyMatch(method -> method.equals("epollWait") || method.equals("wait"));
  }

  /**
   * Nobody looks any more whether the caller who waits stays away, as one that has lost its
   * processor seems to.
   */
  private void isNotLookedAfter() throws InterruptedException {
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

  @Test
  void withoutACallerThePollerHearsIt() throws Exception {
    say();

    assertThat(heardBy()).isEqualTo(POLLER);
  }

  @Test
  void whatIsHeardAgainBeforeItIsDealtWithIsNoNews() throws Exception {
    tasks.execute(() -> readiness.interest(0));
    try (Selector selector = Selector.open()) {
      SelectionKey key = socket.register(selector, SelectionKey.OP_READ);
      say();
      selector.select();

      assertThat(readiness.heard(key, System::nanoTime)).isTrue();
      assertThat(readiness.heard(key, System::nanoTime)).isFalse();
      readiness.dealWith();
      assertThat(readiness.heard(key, System::nanoTime)).isTrue();
    }
  }

  @Test
  void whoWantsToKnowWhenItWasThereIsToldTheTimeAtWhichItWasHeard() throws Exception {
    say();
    assertThat(heardBy()).isEqualTo(POLLER);
    assertThat(readTimes.take()).as("nobody wants to know").isZero();

    readiness.readTime().wanted();
    long before = System.nanoTime();
    say();
    assertThat(heardBy()).isEqualTo(POLLER);
    assertThat(readTimes.take()).isBetween(before, System.nanoTime());

    Thread caller = caller("caller");
    waits(caller);
    isNotLookedAfter();
    before = System.nanoTime();
    say();
    assertThat(heardBy()).isEqualTo("caller");
    assertThat(readTimes.take()).isBetween(before, System.nanoTime());
    tell(caller);
    ends(caller);
  }

  @Test
  void aReadThatFilledItsBufferIsFollowedByAnotherWithoutAskingTheSystem() throws Exception {
    tasks.execute(() -> readiness.readFull(true));
    Thread caller = caller("caller");
    waits(caller);

    assertThat(dealtWith).as("though nothing has come").hasValue(1);
    tell(caller);
    ends(caller);
  }

  @Test
  void nothingIsReadThatIsNotWantedAfterAReadThatFilledItsBuffer() throws Exception {
    tasks.execute(
        () -> {
          readiness.readFull(true);
          readiness.interest(0);
        });
    Thread caller = caller("caller");
    waits(caller);

    assertThat(dealtWith).hasValue(0);
    tell(caller);
    ends(caller);
  }

  @Test
  void aCallerWhoWaitsHearsItOnItsOwnThread() throws Exception {
    Thread caller = caller("caller");
    waits(caller);
    isNotLookedAfter();
    say();
    assertThat(heardBy()).isEqualTo("caller");
    say();
    assertThat(heardBy()).isEqualTo("caller");

    tell(caller);
    ends(caller);
  }

  @Test
  void newsThatAreThereBeforeTheWaitAreNotSleptOver() {
    readiness.attach();

    assertThat(readiness.drive(() -> true)).isTrue();
    readiness.leave(true);
  }

  @Test
  void newsEndTheWait() throws Exception {
    Thread caller = caller("caller");
    waits(caller);
    tell(caller);

    ends(caller);
  }

  @RepeatedTest(200)
  void newsAtAnyMomentEndTheWait() throws Exception {
    Thread caller = caller("caller");
    tell(caller);

    ends(caller);
  }

  @Test
  void whatIsWantedWhileACallerWaitsIsHeardByIt() throws Exception {
    tasks.execute(() -> readiness.interest(0));
    say();
    Thread caller = caller("caller");
    waits(caller);
    isNotLookedAfter();
    assertThat(heard).isEmpty();
    tasks.execute(() -> readiness.interest(SelectionKey.OP_READ));

    // The caller may have to leave it to whoever runs tasks just then.
    assertThat(heardBy()).isIn("caller", Thread.currentThread().getName());
    tell(caller);
    ends(caller);
  }

  @Test
  void whatIsNotWantedIsNotHeardByThePollerEither() throws Exception {
    tasks.execute(() -> readiness.interest(0));
    say();
    tasks.execute(() -> readiness.interest(SelectionKey.OP_READ));

    // If the poller was about to hear it before, it is whoever ran tasks just then.
    assertThat(heardBy()).isIn(POLLER, Thread.currentThread().getName());
    assertThat(heard).isEmpty();
  }

  @Test
  void ofACallerWhoStaysAwayThePollerTakesOver() throws Exception {
    readiness.attach();
    readiness.drive(() -> true);
    assertThat(readiness.isUnpolled()).isFalse();
    say();

    assertThat(heardBy()).isEqualTo(POLLER);
    readiness.leave(true);
  }

  @Test
  void whoLeavesWithWorkLeftLeavesItToThePoller() throws Exception {
    readiness.attach();
    readiness.drive(() -> true);
    readiness.leave(false);

    assertThat(readiness.isUnpolled()).isFalse();
    say();
    assertThat(heardBy()).isEqualTo(POLLER);
  }

  @Test
  void anIdleConnectionIsAloneForAWhileAndThenThePollersAgain() throws Exception {
    readiness.attach();
    readiness.drive(() -> true);
    readiness.leave(true);
    say();

    assertThat(heardBy()).isEqualTo(POLLER);
  }

  @Test
  void whoLooksAfterAnIdleConnectionHearsWhatHasCome() throws Exception {
    readiness.attach();
    readiness.drive(() -> true);
    readiness.leave(true);
    say();
    while (heard.isEmpty()) {
      readiness.pollNow();
    }

    assertThat(heardBy()).isIn(Thread.currentThread().getName(), POLLER);
  }

  @Test
  void theNextCallerTakesOverFromOneWhoStillWaits() throws Exception {
    Thread first = caller("first");
    waits(first);
    Thread second = caller("second");
    waits(second);
    isNotLookedAfter();
    say();

    assertThat(heardBy()).isEqualTo("second");
    tell(first);
    tell(second);
    ends(first);
    ends(second);
  }

  @Test
  void fromACallerWhoStillWaitsThePollerTakesOver() throws Exception {
    Thread caller = caller("caller");
    waits(caller);
    readiness.share();
    waitsNoMore(caller);
    say();

    assertThat(heardBy()).isEqualTo(POLLER);
    tell(caller);
    ends(caller);
  }

  @Test
  void theEndOfTheChannelEndsTheWait() throws Exception {
    Thread caller = caller("caller");
    waits(caller);
    socket.close();
    tasks.execute(readiness::cancel);
    waitsNoMore(caller);
    tell(caller);

    ends(caller);
    assertThat(peer.read(ByteBuffer.allocate(1))).as("the socket is closed").isEqualTo(-1);
  }

  private static void waitsNoMore(Thread caller) {
    while (caller.getState() != Thread.State.WAITING) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  void anInterruptEndsTheWaitAndClosesNothing() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              readiness.attach();
              readiness.drive(() -> false);
              interrupted.set(Thread.currentThread().isInterrupted());
              readiness.leave(false);
            });
    caller.start();
    waits(caller);
    caller.interrupt();
    ends(caller);
    say();

    assertThat(interrupted).isTrue();
    assertThat(heardBy()).isEqualTo(POLLER);
  }

  /** Whoever runs tasks meanwhile deals with what a caller has heard, and nobody hears it twice. */
  @Test
  void whatIsHeardWhileAnotherThreadRunsTasksIsDealtWithThere() throws Exception {
    Thread caller = caller("caller");
    waits(caller);
    isNotLookedAfter();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    Thread other =
        new Thread(
            () ->
                tasks.execute(
                    () -> {
                      running.countDown();
                      await(enough);
                    }),
            "other");
    other.start();
    await(running);
    say();
    waits(caller);
    enough.countDown();
    ends(other);

    assertThat(heardBy()).isIn("other", "caller");
    say();
    assertThat(heardBy()).isEqualTo("caller");
    tell(caller);
    ends(caller);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Callers come and go, are shared and taken back; what the peer says is always heard. */
  @RepeatedTest(10)
  void whoeverListensEverythingIsHeard() throws Exception {
    int messages = 300;
    Thread sharing =
        new Thread(
            () -> {
              while (!news.get()) {
                readiness.share();
                Thread.onSpinWait();
              }
            });
    Thread one = comingAndGoing();
    Thread two = comingAndGoing();
    sharing.start();
    for (int i = 0; i < messages; i++) {
      say();
      assertThat(heardBy()).as("message " + i).isNotNull();
    }
    news.set(true);
    for (Thread each : new Thread[] {sharing, one, two}) {
      LockSupport.unpark(each);
      readiness.wake(each);
      ends(each);
    }
  }

  private Thread comingAndGoing() {
    Thread caller =
        new Thread(
            () -> {
              for (int i = 0; !news.get(); i++) {
                readiness.attach();
                for (int j = 0; j < i % 3; j++) {
                  boolean stop = j % 2 == 1;
                  long left = System.nanoTime() + 200_000;
                  readiness.drive(() -> stop || news.get() || System.nanoTime() > left);
                }
                readiness.leave(i % 2 == 0);
              }
            });
    caller.start();
    return caller;
  }
}
