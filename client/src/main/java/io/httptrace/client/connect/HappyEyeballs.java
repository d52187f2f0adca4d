package io.httptrace.client.connect;

import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.pool.Dialer;
import io.netty.channel.Channel;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several addresses that answers, as Go does after RFC 8305.
 *
 * <p>The addresses of the family of the first one are tried one after the other. Those of the other
 * family follow in the same way, beside them, after a delay, or at once when the first family has
 * failed. The first connection wins and the attempt that is still under way is stopped. The time
 * there is, is shared out: an attempt gets an equal part of what is left, but no less than two
 * seconds. If all fail, the first error of the first family counts.
 *
 * <p>All of it runs on the strand of the dial.
 */
final class HappyEyeballs {
  /** What an attempt gets at least, if that much is left. */
  private static final long SANE_MINIMUM_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final DialContext context;
  private final Connector connector;
  private final DialHooks hooks;
  private final Outcome outcome;
  private final long deadline;

  /** Of the only address; two attempts cannot be driven at a time. */
  private final Dialer.@Nullable Waiter waiter;

  private final Racer primary;
  private final Racer fallback;
  private Clock.Timer fallbackTimer = Clock.Timer.NONE;
  private boolean fallbackStarted;
  private boolean over;

  /** Is told how the race ended, on the strand. */
  interface Outcome {
    void connected(Channel channel, InetSocketAddress addr);

    void failed(Throwable error);
  }

  /**
   * Makes a race.
   *
   * @param deadline when it must be over, by the clock; 0 for no limit
   */
  HappyEyeballs(
      DialContext context,
      DialHooks hooks,
      List<InetSocketAddress> addrs,
      long deadline,
      Outcome outcome) {
    this.context = context;
    this.connector = context.connector();
    this.hooks = hooks;
    this.deadline = deadline;
    this.outcome = outcome;
    this.waiter = addrs.size() == 1 ? context.waiter() : null;
    List<InetSocketAddress> first = new ArrayList<>();
    List<InetSocketAddress> second = new ArrayList<>();
    boolean v4 = isV4(addrs.get(0));
    for (InetSocketAddress addr : addrs) {
      boolean one = context.settings().fallbackNanos() < 0 || isV4(addr) == v4;
      (one ? first : second).add(addr);
    }
    this.primary = new Racer(first);
    this.fallback = new Racer(second);
  }

  private static boolean isV4(InetSocketAddress addr) {
    return addr.getAddress() instanceof Inet4Address;
  }

  void start() {
    if (!fallback.addrs.isEmpty()) {
      fallbackTimer =
          context
              .clock()
              .schedule(
                  () -> context.strand().execute(this::startFallback),
                  context.settings().fallbackNanos());
    }
    primary.tryNext();
  }

  private void startFallback() {
    if (!over && !fallbackStarted) {
      fallbackTimer.stop();
      fallbackStarted = true;
      fallback.tryNext();
    }
  }

  /**
   * Stops the race: every attempt under way, and the race, end with the error. It keeps what had
   * failed before.
   */
  void cancel(Throwable error) {
    if (!over) {
      over = true;
      primary.errors.forEach(error::addSuppressed);
      fallback.errors.forEach(error::addSuppressed);
      fallbackTimer.stop();
      primary.stop(error);
      fallback.stop(error);
      outcome.failed(error);
    }
  }

  private void won(Racer winner, Channel channel, InetSocketAddress addr) {
    over = true;
    fallbackTimer.stop();
    outcome.connected(channel, addr);
    Racer loser = winner == primary ? fallback : primary;
    if (loser.current != null) {
      loser.stop(new CancellationException("another address was connected first"));
    }
  }

  private void failed() {
    if (!fallback.exhausted()) {
      startFallback();
      return;
    }
    if (primary.exhausted()) {
      over = true;
      Throwable error = primary.errors.get(0);
      primary.errors.stream().skip(1).forEach(error::addSuppressed);
      fallback.errors.forEach(error::addSuppressed);
      outcome.failed(error);
    }
  }

  /** The addresses of one family, one after the other. */
  private final class Racer {
    final List<InetSocketAddress> addrs;
    final List<Throwable> errors = new ArrayList<>(1);
    private int next;
    private @Nullable InetSocketAddress current;
    private Connector.@Nullable Attempt attempt;
    private Clock.Timer timer = Clock.Timer.NONE;

    Racer(List<InetSocketAddress> addrs) {
      this.addrs = addrs;
    }

    boolean exhausted() {
      return next == addrs.size() && current == null;
    }

    void tryNext() {
      if (next == addrs.size()) {
        failed();
        return;
      }
      long limit = 0;
      if (deadline != 0) {
        limit = share(deadline - context.clock().nanoTime(), addrs.size() - next);
        if (limit <= 0) {
          next = addrs.size();
          if (errors.isEmpty()) {
            errors.add(new SocketTimeoutException("connect timed out"));
          }
          failed();
          return;
        }
      }
      connect(addrs.get(next++), limit);
    }

    private void connect(InetSocketAddress addr, long limit) {
      current = addr;
      hooks.connectStart(addr);
      if (over || !addr.equals(current)) {
        return;
      }
      attempt =
          connector.connect(
              addr,
              waiter,
              (channel, error) -> {
                long at = hooks.now();
                context.strand().execute(() -> ended(addr, at, channel, error));
              });
      if (limit > 0 && addr.equals(current)) {
        timer =
            context.clock().schedule(() -> context.strand().execute(() -> timedOut(addr)), limit);
      }
    }

    private void timedOut(InetSocketAddress addr) {
      if (addr.equals(current) && attempt != null) {
        attempt.cancel();
        ended(addr, hooks.now(), null, new SocketTimeoutException("connect timed out"));
      }
    }

    private void ended(
        InetSocketAddress addr, long at, @Nullable Channel channel, @Nullable Throwable error) {
      if (!addr.equals(current)) {
        if (channel != null) {
          channel.close();
        }
        return;
      }
      current = null;
      timer.stop();
      hooks.connectDone(at, addr, error);
      if (channel != null) {
        if (over) {
          channel.close();
        } else {
          won(this, channel, addr);
        }
      } else if (error != null && !over) {
        errors.add(error);
        tryNext();
      }
    }

    void stop(Throwable error) {
      InetSocketAddress stopped = current;
      if (stopped != null) {
        current = null;
        timer.stop();
        if (attempt != null) {
          attempt.cancel();
        }
        hooks.connectDone(hooks.now(), stopped, error);
      }
    }
  }

  /** {@return the part of the time left that one of the addresses left gets} */
  static long share(long left, int addrs) {
    return Math.min(left, Math.max(left / addrs, SANE_MINIMUM_NANOS));
  }
}
