package io.httptrace.client.connect;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.http2.Http2Config;
import io.httptrace.client.netty.TestClock;
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
  final HappyEyeballs race;
  @Nullable Channel winner;
  @Nullable Throwable error;

  /**
   * Makes a race and starts it.
   *
   * @param limitMillis its limit, or 0
   * @param fallbackMillis the fallback delay, or negative for none
   */
  Race(long limitMillis, long fallbackMillis, String... addrs) {
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
                new DialSettings(limit, fallback, 0, new Http2Config(clock, 1, 0, 1), "")),
            new DialHooks(RequestTrace.of(trace, 1, 1), 1),
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
  public Attempt connect(InetSocketAddress addr, Outcome outcome) {
    FakeAttempt attempt = new FakeAttempt(outcome);
    attempts.add(attempt);
    return attempt;
  }

  FakeAttempt attempt(int number) {
    return attempts.get(number - 1);
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
