package io.httptrace.jdk;

import io.httptrace.adapter.WeakIdentityMap;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the JDK's client tells while it gets a connection. */
final class Connecting {
  private final WeakIdentityMap<Object, JdkRoundTrip> requests = new WeakIdentityMap<>();
  private final WeakIdentityMap<Object, Connection> connections = new WeakIdentityMap<>();

  /** {@return how many requests and connections are remembered} */
  int remembered() {
    return requests.size() + connections.size();
  }

  /** {@return what is known of a connection, or null} */
  @Nullable Connection known(Object connection) {
    return connections.get(connection);
  }

  /** {@return what is known of a connection} */
  private Connection known(Object connection, boolean orNew) {
    Connection known = connections.get(connection);
    if (known == null || !orNew) {
      known = new Connection(connection);
      connections.put(connection, known);
    }
    return known;
  }

  @Nullable Object begin(Object multi) {
    JdkCall call = Jdk.callOfMulti(multi);
    if (call != null && Jdk.attempts(multi) < Jdk.maxAttempts()) {
      HttpRequest request = (HttpRequest) Jdk.currentRequest(multi);
      if (request != null) {
        JdkRoundTrip begun = call.begin(request, multi);
        if (begun != null) {
          requests.put(request, begun);
        }
      }
    }
    return null;
  }

  @Nullable Object lookup(Object request) {
    JdkRoundTrip roundTrip = requests.get(request);
    if (roundTrip != null) {
      roundTrip.setup().lookup();
    }
    return null;
  }

  @Nullable Object lookedUp(Object request, @Nullable Object address) {
    JdkRoundTrip roundTrip = requests.get(request);
    if (roundTrip != null && address != null) {
      roundTrip.setup().lookedUp((InetSocketAddress) address);
    }
    return address;
  }

  @Nullable Object poolAsked(Object request) {
    JdkRoundTrip roundTrip = requests.get(request);
    if (roundTrip != null) {
      roundTrip.setup().poolAsked();
    }
    return null;
  }

  @Nullable Object connection(Object request, @Nullable Object connection) {
    JdkRoundTrip roundTrip = requests.get(request);
    if (roundTrip != null && connection != null) {
      requests.remove(request);
      ConnectionSetup setup = roundTrip.setup();
      if (Jdk.isConnected(connection)) {
        setup.reuses(known(connection, true), true, "HTTP/1.1");
      } else {
        InetSocketAddress proxy = Jdk.proxyOfConnection(connection);
        setup.dials(known(connection, false), proxy == null ? Jdk.address(connection) : proxy);
      }
    }
    return connection;
  }

  @Nullable Object shared(Object exchange, @Nullable Object future) {
    JdkCall call = Jdk.callOfExchange(exchange);
    JdkRoundTrip roundTrip = call == null ? null : call.current();
    if (roundTrip != null
        && roundTrip.setup().connection() == null
        && future instanceof CompletableFuture<?> done
        && done.isDone()
        && !done.isCompletedExceptionally()) {
      Object http2 = done.getNow(null);
      Object connection = http2 == null ? null : Jdk.connectionOfHttp2(http2);
      if (http2 != null && connection != null) {
        forget(exchange); // It will not be asked for by its request.
        boolean wasIdle = !Jdk.hasStreams(http2, roundTrip.before());
        roundTrip.setup().reuses(known(connection, true), wasIdle, "HTTP/2");
      }
    }
    return future;
  }

  private void forget(Object exchange) {
    Object multi = Jdk.multiOf(exchange);
    Object request = multi == null ? null : Jdk.currentRequest(multi);
    if (request != null) {
      requests.remove(request);
    }
  }

  @Nullable Object connect(Object exchange, @Nullable Object plain) {
    ConnectionSetup setup = setupOf(exchange);
    Connection dialled = setup == null ? null : setup.connection();
    if (setup != null && dialled != null && plain != null) {
      connections.put(plain, dialled);
      setup.connects(plain);
    }
    return null;
  }

  @Nullable Object connectResult(Object exchange, @Nullable Object future) {
    ConnectionSetup setup = setupOf(exchange);
    Connection dialled = setup == null ? null : setup.connection();
    if (setup == null || dialled == null || !setup.isOuterConnect()) {
      return future;
    }
    Object of = dialled.get();
    boolean secure = of != null && Jdk.isSecure(of);
    boolean tunnel = of != null && Jdk.isTunnel(of);
    return whenComplete(
        future, (v, t) -> setup.connected(t, secure, tunnel, Jdk.multiOf(exchange)));
  }

  @Nullable Object connectFailed(Object plain, @Nullable Object error) {
    Connection dialled = connections.get(plain);
    if (dialled != null && dialled.connectError == null && error instanceof Throwable thrown) {
      dialled.connectError = thrown;
    }
    return null;
  }

  @Nullable Object tunnelResult(Object exchange, @Nullable Object future) {
    ConnectionSetup setup = setupOf(exchange);
    Connection dialled = setup == null ? null : setup.connection();
    if (setup == null || dialled == null) {
      return future;
    }
    Object of = dialled.get();
    boolean secure = of != null && Jdk.isSecure(of);
    return whenComplete(future, (v, t) -> setup.tunnelled(t, secure, Jdk.multiOf(exchange)));
  }

  @Nullable Object tunnelAnswer(@Nullable Object plain, @Nullable Object future) {
    Connection dialled = plain == null ? null : connections.get(plain);
    if (dialled == null) {
      return future;
    }
    return whenComplete(
        future,
        (response, t) -> {
          if (response != null) {
            dialled.tunnelStatus = Jdk.status(response);
          }
        });
  }

  @Nullable Object readyResult(Object connection, @Nullable Object future) {
    Connection dialled = connections.get(connection);
    JdkRoundTrip roundTrip = dialled == null ? null : dialled.roundTrip;
    if (dialled == null || roundTrip == null || !dialled.isOf(connection)) {
      return future;
    }
    return whenComplete(future, (v, t) -> roundTrip.setup().ready(connection, t));
  }

  @Nullable Object returnedToPool(Object connection) {
    Connection known = connections.get(connection);
    JdkRoundTrip roundTrip = known == null || !known.isOf(connection) ? null : known.roundTrip;
    if (roundTrip != null) {
      roundTrip.putIdle();
    }
    return null;
  }

  private static @Nullable ConnectionSetup setupOf(Object exchange) {
    JdkCall call = Jdk.callOfExchange(exchange);
    JdkRoundTrip roundTrip = call == null ? null : call.current();
    return roundTrip == null ? null : roundTrip.setup();
  }

  /**
   * {@return a future that completes, in the same way, when the action has been taken} A fault of
   * ours does not reach the client.
   */
  static @Nullable Object whenComplete(
      @Nullable Object future, BiConsumer<@Nullable Object, @Nullable Throwable> action) {
    if (!(future instanceof CompletableFuture<?> known)) {
      return future;
    }
    return known.whenComplete(
        (value, thrown) -> {
          try {
            action.accept(value, thrown);
          } catch (Throwable fault) {
            Problems.fault("a result", fault);
          }
        });
  }
}
