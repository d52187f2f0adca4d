package io.httptrace.client.connect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.client.concurrent.ConnectionDriver;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.http2.Http2Config;
import io.httptrace.client.netty.TestClock;
import io.httptrace.client.pool.Dialer;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A race over addresses whose attempts are ended by hand, and a log of it: attempts as they start
 * and end (by their hooks), and the outcome.
 */
final class Race implements Connector {
  static final String V6 = "::1";
  static final String V6B = "::2";
  static final String V4 = "10.0.0.1";
  static final String V4B = "10.0.0.2";

  final TestClock clock = new TestClock();
  final List<String> log = new ArrayList<>();
  final List<FakeAttempt> attempts = new ArrayList<>();

  /** The addresses that have been tried. */
  final List<String> tried = new ArrayList<>();

  final HappyEyeballs race;
  private final boolean traced;
  @Nullable Channel winner;
  @Nullable Throwable error;

  /**
   * Makes a race and starts it.
   *
   * @param traced whether the request is traced; else it logs outcomes only
   * @param limitMillis its limit, or 0
   * @param fallbackMillis the fallback delay, or negative for none
   */
  Race(boolean traced, long limitMillis, long fallbackMillis, String... addrs) {
    this.traced = traced;
    ClientTrace trace =
        ClientTrace.builder()
            .connectStart((network, addr) -> log.add("start " + name(addr)))
            .connectDone((network, addr, e) -> log.add("done " + name(addr) + " " + text(e)))
            .build();
    long limit = TimeUnit.MILLISECONDS.toNanos(limitMillis);
    long fallback = fallbackMillis < 0 ? -1 : TimeUnit.MILLISECONDS.toNanos(fallbackMillis);
    this.race =
        new HappyEyeballs(
            new DialContext(
                new Strand(Runnable::run),
                clock,
                this,
                new DialSettings(limit, fallback, 0, new Http2Config(clock, 1, 0, 1), ""),
                new NoWaiter()),
            new DialHooks(
                traced ? RequestTrace.of(RequestTrace.ofCall(trace), 1) : RequestTrace.NONE, 1),
            Arrays.stream(addrs).map(Race::address).toList(),
            limit == 0 ? 0 : clock.nanoTime() + limit,
            new HappyEyeballs.Outcome() {
              @Override
              public void connected(Channel channel, InetSocketAddress addr) {
                winner = channel;
                log.add("connected " + name(addr));
              }

              @Override
              public void failed(Throwable e) {
                error = e;
                log.add("failed " + text(e));
              }
            });
    race.start();
  }

  /** Checks the whole log; what hooks tell is left out if there are none. */
  void logged(String... expected) {
    assertThat(log).isEqualTo(Stream.of(expected).filter(this::isLogged).toList());
  }

  /** Checks the end of the log; without hooks that the address has been tried. */
  void loggedLast(String expected) {
    if (isLogged(expected)) {
      assertThat(log).last().isEqualTo(expected);
    } else if (expected.startsWith("start ")) {
      assertThat(tried).last().isEqualTo(expected.substring("start ".length()));
    }
  }

  private boolean isLogged(String line) {
    return traced || !(line.startsWith("start ") || line.startsWith("done "));
  }

  Throwable error() {
    return requireNonNull(error);
  }

  private static InetSocketAddress address(String literal) {
    try {
      return new InetSocketAddress(InetAddress.getByName(literal), 80);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String name(SocketAddress addr) {
    String host = ((InetSocketAddress) addr).getAddress().getHostAddress();
    return host.replace("0:0:0:0:0:0:0:", "::");
  }

  private static String text(@Nullable Throwable e) {
    return e == null ? "ok" : String.valueOf(e.getMessage());
  }

  @Override
  public Attempt connect(InetSocketAddress addr, Dialer.@Nullable Waiter waiter, Outcome outcome) {
    tried.add(name(addr));
    FakeAttempt attempt = new FakeAttempt(outcome);
    attempts.add(attempt);
    return attempt;
  }

  FakeAttempt attempt(int number) {
    return attempts.get(number - 1);
  }

  private static final class NoWaiter implements Dialer.Waiter {
    @Override
    public boolean waitsHere() {
      return false;
    }

    @Override
    public void drives(ConnectionDriver driver) {}
  }

  /** An attempt under way. */
  static final class FakeAttempt implements Attempt {
    private final Outcome outcome;
    boolean cancelled;

    FakeAttempt(Outcome outcome) {
      this.outcome = outcome;
    }

    Channel connects() {
      Channel channel = new EmbeddedChannel();
      outcome.done(channel, null);
      return channel;
    }

    void fails(String why) {
      outcome.done(null, new ConnectException(why));
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
