package io.httptrace.client.http2;

import io.httptrace.client.concurrent.Clock;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;

/**
 * Finds out whether a connection is alive on which nothing arrives, by PING (RFC 9113, section
 * 6.7). There are two reasons to ask: a request ran out of time and nothing has arrived since it
 * was sent; then there are no new requests until something does. Or there are requests, and nothing
 * has arrived for the whole interval; which may be as it should. Anything that arrives is an
 * answer. All of it runs on the event loop but what is marked otherwise.
 */
final class Liveness {
  /**
   * How often a request that ran out of time may be followed by a PING before there is a response
   * to any: servers of gRPC end a connection after some more.
   */
  private static final int MOST_PINGS_WITHOUT_RESPONSE = 2;

  private final EventLoop loop;
  private final Connection connection;
  private final Http2Config config;
  private Clock.Timer intervalTimer = Clock.Timer.NONE;
  private Clock.Timer limitTimer = Clock.Timer.NONE;
  private boolean watching;
  private boolean ended;
  private boolean asked;
  private int pings;

  // Written by the event loop only.
  private volatile long heard;

  // Written by any thread.
  private volatile boolean doubted;

  /** The connection. */
  interface Connection {
    /** {@return whether there are requests under way} */
    boolean inUse();

    /** Sends a PING. */
    void ping();

    /** There may be new requests again. */
    void trusted();

    /** There are to be no new requests. */
    void retire();

    /** There was no answer. */
    void dead();
  }

  Liveness(EventLoop loop, Connection connection, Http2Config config) {
    this.loop = loop;
    this.connection = connection;
    this.config = config;
  }

  private void onLoop(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
      return;
    }
    try {
      loop.execute(task);
    } catch (RejectedExecutionException ended) {
      // So the connection has ended too.
    }
  }

  /** {@return how often something has arrived} On any thread. */
  long heard() {
    return heard;
  }

  /** {@return whether there are to be no new requests for now} On any thread. */
  boolean doubted() {
    return doubted;
  }

  /** Something has arrived. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, many readers
  void hear() {
    heard++;
    if (asked) {
      asked = false;
      limitTimer.stop();
    }
    if (doubted) {
      doubted = false;
      connection.trusted();
    }
  }

  /** Something of a response has arrived. */
  void hearResponse() {
    pings = 0;
  }

  /** A request begins. */
  void begin() {
    if (!watching && !ended && config.pingIntervalNanos() > 0) {
      watching = true;
      watch();
    }
  }

  /** A request has run out of time. On any thread. */
  void outOfTime(long heardWhenSent) {
    if (heard == heardWhenSent) {
      // At once, so that the next request goes elsewhere.
      doubted = true;
      onLoop(() -> askInDoubt(heardWhenSent));
    }
  }

  private void askInDoubt(long heardWhenSent) {
    if (heard != heardWhenSent) {
      doubted = false;
      connection.trusted();
      return;
    }
    doubted = true;
    if (pings < MOST_PINGS_WITHOUT_RESPONSE || asked) {
      pings += asked ? 0 : 1;
      ask();
    } else {
      connection.retire();
    }
  }

  private void ask() {
    if (!asked && !ended) {
      asked = true;
      limitTimer =
          config.clock().schedule(() -> onLoop(this::limitReached), config.pingTimeoutNanos());
      connection.ping();
    }
  }

  private void limitReached() {
    if (asked) {
      stop();
      connection.dead();
    }
  }

  private void watch() {
    long before = heard;
    intervalTimer =
        config
            .clock()
            .schedule(() -> onLoop(() -> intervalOver(before)), config.pingIntervalNanos());
  }

  private void intervalOver(long before) {
    if (!watching) {
      return;
    }
    if (!connection.inUse()) {
      watching = false;
      return;
    }
    if (heard == before) {
      ask();
    }
    watch();
  }

  /** The connection has ended. */
  void stop() {
    ended = true;
    asked = false;
    watching = false;
    limitTimer.stop();
    intervalTimer.stop();
  }
}
