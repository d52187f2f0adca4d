package io.httptrace.client.pool;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.ConnectionInfo;
import io.httptrace.IdleConnectionException;
import io.httptrace.client.hooks.ConnectionEvents;
import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.Protocol;
import io.httptrace.client.netty.TestClock;
import io.httptrace.client.route.HttpVersions;
import io.httptrace.client.route.PoolKey;
import io.httptrace.connections.ConnectionCloseReason;
import io.httptrace.connections.ConnectionListener;
import io.httptrace.connections.ConnectionWaitInfo;
import io.httptrace.connections.PooledConnectionInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
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

  /** Makes a pool; limits are off where they are 0. */
  PoolFixture(int maxIdle, int maxIdlePerHost, int maxPerHost, long idleMillis) {
    this(maxIdle, maxIdlePerHost, maxPerHost, idleMillis, true);
  }

  private PoolFixture(
      int maxIdle, int maxIdlePerHost, int maxPerHost, long idleMillis, boolean share) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(idleMillis);
    pool =
        new ConnectionPool(
            new PoolLimits(maxIdle, maxIdlePerHost, maxPerHost, nanos, share),
            this,
            clock,
            new ConnectionEvents(told, Runnable::run));
  }

  static PoolKey key(String scheme, String host, int port) {
    return new PoolKey(scheme, host, port, null, HttpVersions.HTTP_1_1);
  }

  /** Makes a pool in which no two requests have a connection at the same time. */
  static PoolFixture withoutSharing() {
    return new PoolFixture(0, 0, 0, 0, false);
  }

  static PoolFixture unlimited() {
    return new PoolFixture(0, 0, 0, 0);
  }

  @Override
  public Dial dial(ConnectionRequest request, Outcome outcome) {
    FakeDial dial = new FakeDial(request.key(), outcome);
    dials.add(dial);
    return dial;
  }

  FakeDial dial(int number) {
    return dials.get(number - 1);
  }

  /** Asks for a connection. */
  Ask ask(PoolKey key) {
    Ask ask = new Ask(key);
    pool.acquire(ask.request);
    return ask;
  }

  /** Asks for a connection for a request that may be sent twice. */
  Ask askToRepeat(PoolKey key) {
    Ask ask = new Ask(key);
    ask.repeatable = true;
    pool.acquire(ask.request);
    return ask;
  }

  /** Asks for a connection that is dialled, and gets it. */
  FakeConnection connect(PoolKey key) {
    ask(key);
    return dials.get(dials.size() - 1).connect();
  }

  /** Gives a connection back as a traced exchange does. {@return why the pool did not keep it} */
  @Nullable IdleConnectionException giveBack(PooledConnection connection) {
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

  /** A dial under way. */
  final class FakeDial implements Dial {
    final PoolKey key;
    private final Outcome outcome;
    @Nullable Throwable cancelled;
    boolean endsLater;

    FakeDial(PoolKey key, Outcome outcome) {
      this.key = key;
      this.outcome = outcome;
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
      FakeConnection connection = new FakeConnection(key, connections.size() + 1, 100, true);
      connection.close();
      outcome.connected(connection);
      return connection;
    }

    private FakeConnection connect(int capacity, boolean shared) {
      FakeConnection connection = new FakeConnection(key, connections.size() + 1, capacity, shared);
      connections.add(connection);
      outcome.connected(connection);
      pool.open().forEach(entry -> entries.put(entry.connection(), entry));
      return connection;
    }

    void fail(Throwable error) {
      outcome.failed(error);
    }

    @Override
    public void start() {
      starting.run();
      if (failingAtOnce != null) {
        fail(failingAtOnce);
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

  /** A listener that keeps what it is told, as text. */
  static final class Told implements ConnectionListener {
    final List<String> events = new ArrayList<>();

    @Override
    public void connectionOpened(PooledConnectionInfo connection) {
      events.add("opened #" + connection.connection().id() + " to " + connection.target());
    }

    @Override
    public void connectionClosed(PooledConnectionInfo connection, ConnectionCloseReason reason) {
      events.add(
          "closed #"
              + connection.connection().id()
              + " "
              + reason
              + " at "
              + connection.age().toMillis()
              + " ms");
    }

    @Override
    public void waitEnded(ConnectionWaitInfo wait) {
      events.add("waited " + wait);
    }
  }

  /** What a lease tells. */
  record Grant(PooledConnection connection, boolean reused, boolean wasIdle, long idleNanos) {
    static Grant of(Lease lease) {
      return new Grant(lease.connection(), lease.reused(), lease.wasIdle(), lease.idleNanos());
    }
  }

  /** A request for a connection, and what became of it. */
  static final class Ask implements ConnectionRequest.Listener {
    final ConnectionRequest request;
    final List<ConnWaitReason> waits = new ArrayList<>();
    @Nullable Lease grant;
    @Nullable Throwable error;

    /** Runs when it is granted a connection. */
    Runnable then = () -> {};

    boolean repeatable;

    Ask(PoolKey key) {
      ClientTrace trace = ClientTrace.builder().connWaitStart(waits::add).build();
      request = new ConnectionRequest(key, RequestTrace.of(trace, 1, 1), this);
    }

    @Override
    public void granted(Lease given) {
      if (grant != null || error != null) {
        throw new AssertionError("told twice");
      }
      grant = given;
      then.run();
    }

    @Override
    public void refused(Throwable reason) {
      if (grant != null || error != null) {
        throw new AssertionError("told twice");
      }
      error = reason;
    }

    @Override
    public boolean repeatable() {
      return repeatable;
    }

    Grant grant() {
      return Grant.of(requireNonNull(grant));
    }

    @Nullable PooledConnection connection() {
      return grant == null ? null : grant.connection();
    }

    boolean waits() {
      return grant == null && error == null;
    }
  }

  /** A connection that is closed by hand, and notices later if it is told to. */
  static final class FakeConnection implements PooledConnection {
    private final PoolKey key;
    private final long id;
    private final boolean shared;
    private int capacity;
    private Runnable onRoom = () -> {};
    private @Nullable Runnable onClosed;
    boolean closed;
    boolean noticesLater;
    boolean dead;

    /** Whether nobody polls it; a poll finds that its server has closed it. */
    boolean unpolled;

    private boolean silent;
    @Nullable Throwable failure;

    FakeConnection(PoolKey key, long id, int capacity, boolean shared) {
      this.key = key;
      this.id = id;
      this.capacity = capacity;
      this.shared = shared;
    }

    @Override
    public PoolKey key() {
      return key;
    }

    @Override
    public @Nullable SSLSession sslSession() {
      return null;
    }

    @Override
    public boolean shared() {
      return shared;
    }

    @Override
    public int capacity() {
      return silent ? 0 : capacity;
    }

    @Override
    public boolean silent() {
      return silent;
    }

    /** Nothing arrives any more. */
    void goSilent() {
      silent = true;
    }

    /** Something arrives. */
    void speak() {
      silent = false;
      onRoom.run();
    }

    @Override
    public void onRoom(Runnable action) {
      onRoom = action;
    }

    /** The peer allows so many requests from now on. */
    void allow(int now) {
      capacity = now;
      onRoom.run();
    }

    @Override
    public long id() {
      return id;
    }

    @Override
    public ConnectionInfo info() {
      SocketAddress somewhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
      return ConnectionInfo.of(id, somewhere, somewhere, protocol().text(), null, 0);
    }

    @Override
    public @Nullable Throwable failure() {
      return failure;
    }

    @Override
    public Protocol protocol() {
      return shared ? Protocol.HTTP_2 : Protocol.HTTP_1_1;
    }

    @Override
    public ExchangeCodec codec() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isUsable() {
      return !closed && !dead;
    }

    @Override
    public boolean isUnpolled() {
      return unpolled;
    }

    @Override
    public void pollNow() {
      unpolled = false;
      close();
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        if (!noticesLater) {
          notice();
        }
      }
    }

    /** The end of the connection is noticed. */
    void notice() {
      Runnable action = onClosed;
      onClosed = null;
      if (action != null) {
        action.run();
      }
    }

    @Override
    public void onClosed(Runnable action) {
      if (closed) {
        action.run();
      } else {
        onClosed = action;
      }
    }

    @Override
    public String toString() {
      return key.host() + " #" + id;
    }
  }
}
