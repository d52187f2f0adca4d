package io.httptrace.client.pool;

import io.httptrace.client.route.PoolKey;
import org.jspecify.annotations.Nullable;

/** A dial under way. */
final class FakeDial implements Dialer.Dial {
  final PoolKey key;
  private final Dialer.Outcome outcome;
  private final PoolFixture fixture;
  @Nullable Throwable cancelled;
  boolean endsLater;

  FakeDial(PoolKey key, Dialer.Outcome outcome, PoolFixture fixture) {
    this.key = key;
    this.outcome = outcome;
    this.fixture = fixture;
  }

  FakeConnection connect() {
    return connect(1, false);
  }

  /** Makes a connection that so many requests can share. */
  FakeConnection connectShared(int capacity) {
    return connect(capacity, true);
  }

  /** Makes a connection that has come to its end before the pool has it. */
  FakeConnection connectDead() {
    FakeConnection connection = new FakeConnection(key, fixture.connections.size() + 1, 100, true);
    connection.close();
    outcome.connected(connection);
    return connection;
  }

  private FakeConnection connect(int capacity, boolean shared) {
    FakeConnection connection =
        new FakeConnection(key, fixture.connections.size() + 1, capacity, shared);
    fixture.connections.add(connection);
    outcome.connected(connection);
    fixture.learnEntries();
    return connection;
  }

  void fail(Throwable error) {
    outcome.failed(error);
  }

  @Override
  public void start() {
    fixture.starting.run();
    if (fixture.failingAtOnce != null) {
      fail(fixture.failingAtOnce);
    }
  }

  @Override
  public void cancel(Throwable reason) {
    if (cancelled == null) {
      cancelled = reason;
      if (!endsLater) {
        outcome.failed(reason);
      }
    }
  }
}
