package io.httptrace.client.pool;

import static java.util.Objects.requireNonNull;

import io.httptrace.IdleConnectionException;
import io.httptrace.client.hooks.ConnectionEvents;
import io.httptrace.client.netty.TestClock;
import io.httptrace.client.route.HttpVersions;
import io.httptrace.client.route.PoolKey;
import io.httptrace.connections.ConnectionCloseReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pool whose dials are finished by hand, and what its requests are told. */
final class PoolFixture implements Dialer {
  static final PoolKey A = key("http", "a.test", 80);
  static final PoolKey B = key("http", "b.test", 80);

  final TestClock clock = new TestClock();
  final List<FakeDial> dials = new ArrayList<>();
  final List<FakeConnection> connections = new ArrayList<>();
  final ConnectionPool pool;

  /** What the pool has made of its connections. */
  private final Map<PooledConnection, PoolEntry> entries = new HashMap<>();

  /** What a listener is told. */
  final Told told = new Told();

  /** What dials fail with before they have even been started; null if they do not. */
  @Nullable Throwable failingAtOnce;

  /** Runs when a dial is started. */
  Runnable starting = () -> {};

  private final Requests requests;

  PoolFixture(Requests requests, PoolLimits limits) {
    this.requests = requests;
    pool = new ConnectionPool(limits, this, clock, new ConnectionEvents(told, Runnable::run));
  }

  static PoolKey key(String scheme, String host, int port) {
    return new PoolKey(scheme, host, port, null, HttpVersions.HTTP_1_1);
  }

  @Override
  public Dial dial(ConnectionRequest request, Outcome outcome) {
    FakeDial dial = new FakeDial(request.key(), outcome, this);
    dials.add(dial);
    return dial;
  }

  FakeDial dial(int number) {
    return dials.get(number - 1);
  }

  Ask notYetAsked(PoolKey key) {
    return new Ask(key, requests);
  }

  /** Asks for a connection. */
  Ask ask(PoolKey key) {
    Ask ask = notYetAsked(key);
    pool.acquire(ask.request);
    return ask;
  }

  /** Asks for a connection for a request that may be sent twice. */
  Ask askToRepeat(PoolKey key) {
    Ask ask = notYetAsked(key);
    ask.repeatable = true;
    pool.acquire(ask.request);
    return ask;
  }

  /** Asks for a connection that is dialled, and gets it. */
  FakeConnection connect(PoolKey key) {
    ask(key);
    return dials.get(dials.size() - 1).connect();
  }

  /**
   * Gives a connection back as an exchange does. {@return why the pool did not keep it, if told}
   */
  @Nullable IdleConnectionException giveBack(PooledConnection connection) {
    if (requests == Requests.UNTRACED) {
      release(connection);
      return null;
    }
    IdleConnectionException refused = reserve(connection);
    if (refused == null) {
      release(connection);
    } else {
      discard(connection);
    }
    return refused;
  }

  /** Gives a connection back that is good for nothing more. */
  void discard(PooledConnection connection) {
    pool.discard(entry(connection), ConnectionCloseReason.NOT_REUSABLE);
  }

  void release(PooledConnection connection) {
    pool.release(entry(connection));
  }

  void retire(PooledConnection connection) {
    pool.retire(entry(connection));
  }

  @Nullable IdleConnectionException reserve(PooledConnection connection) {
    return pool.reserve(entry(connection));
  }

  /** Learns what the pool makes of its connections. */
  void learnEntries() {
    pool.open().forEach(entry -> entries.put(entry.connection(), entry));
  }

  private PoolEntry entry(PooledConnection connection) {
    return requireNonNull(entries.get(connection));
  }

  /** Has connections that are idle, in this order. */
  List<FakeConnection> idle(PoolKey key, int count) {
    List<FakeConnection> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(connect(key));
    }
    made.forEach(this::release);
    return made;
  }
}
