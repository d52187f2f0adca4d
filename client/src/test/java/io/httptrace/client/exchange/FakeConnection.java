package io.httptrace.client.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ConnectionInfo;
import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.Protocol;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.netty.TestClock;
import io.httptrace.client.pool.ConnectionPool;
import io.httptrace.client.pool.ConnectionRequest;
import io.httptrace.client.pool.Dialer;
import io.httptrace.client.pool.Lease;
import io.httptrace.client.pool.PoolLimits;
import io.httptrace.client.pool.PooledConnection;
import io.httptrace.client.route.HttpVersions;
import io.httptrace.client.route.PoolKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A connection that says what it is made to say. */
final class FakeConnection implements PooledConnection, ExchangeCodec {
  private static final PoolKey KEY = new PoolKey("http", "a.test", 80, null, HttpVersions.HTTP_1_1);

  private @Nullable Listener listener;
  private boolean released;
  private @Nullable Lease lease;
  private @Nullable ConnectionPool pool;
  private final boolean joinsBody;

  FakeConnection(boolean joinsBody) {
    this.joinsBody = joinsBody;
  }

  /** {@return who is told what comes} */
  Listener listener() {
    return requireNonNull(listener);
  }

  @Override
  public PoolKey key() {
    return KEY;
  }

  @Override
  public @Nullable SSLSession sslSession() {
    return null;
  }

  Lease lease(TestClock clock) {
    pool =
        new ConnectionPool(
            new PoolLimits(0, 0, 0, 0, true),
            (request, outcome) ->
                new Dialer.Dial() {
                  @Override
                  public void start() {
                    outcome.connected(FakeConnection.this);
                  }

                  @Override
                  public void cancel(Throwable reason) {}
                },
            clock,
            null);
    pool.acquire(
        new ConnectionRequest(
            KEY,
            RequestTrace.NONE,
            new ConnectionRequest.Listener() {
              @Override
              public void granted(Lease given) {
                lease = given;
              }

              @Override
              public void refused(Throwable error) {
                throw new AssertionError(error);
              }
            }));
    return requireNonNull(lease);
  }

  @Override
  public void begin(RequestHead head, Listener told) {
    listener = told;
  }

  @Override
  public boolean joinsBody() {
    return joinsBody;
  }

  @Override
  public void begin(RequestHead head, List<ByteBuffer> content, Listener told) {
    assertThat(content).containsExactly(ByteBuffer.wrap("body".getBytes(UTF_8)));
    listener = told;
  }

  @Override
  public void write(ByteBuffer content, Listener told) {}

  @Override
  public void finish(Listener told) {}

  @Override
  public void read() {}

  @Override
  public void abort(Listener told) {}

  @Override
  public long wireSent() {
    return 0;
  }

  @Override
  public long wireReceived() {
    return 0;
  }

  @Override
  public long id() {
    return 1;
  }

  @Override
  public ConnectionInfo info() {
    SocketAddress nowhere = new InetSocketAddress(0);
    return ConnectionInfo.of(1, nowhere, nowhere, "HTTP/1.1", null, 0);
  }

  @Override
  public Protocol protocol() {
    return Protocol.HTTP_1_1;
  }

  @Override
  public ExchangeCodec codec() {
    return this;
  }

  @Override
  public boolean isUsable() {
    return !released;
  }

  @Override
  public void close() {
    released = true;
  }

  @Override
  public void onClosed(Runnable action) {}

  /** {@return whether it has been closed, or is idle in the pool} */
  boolean isReleased() {
    return released || requireNonNull(pool).idleCount() == 1;
  }
}
