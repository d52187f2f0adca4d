package io.httptrace.client.call;

import io.httptrace.ByteCounts;
import io.httptrace.HookSupport;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.client.concurrent.ConnectionDriver;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.exchange.Exchange;
import io.httptrace.client.exchange.ExchangeContext;
import io.httptrace.client.exchange.ExchangeFailure;
import io.httptrace.client.exchange.ExchangeOwner;
import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.pool.ConnectionRequest;
import io.httptrace.client.pool.Lease;
import io.httptrace.client.pool.PooledConnection;
import io.httptrace.client.request.HeadBuilder;
import io.httptrace.client.request.Http2HeadBuilder;
import io.httptrace.client.request.RequestSnapshot;
import io.httptrace.client.request.Route;
import io.httptrace.client.route.ProxyServer;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** One round trip of a call: gets a connection, and runs an exchange on it. */
final class RoundTripRunner implements ConnectionRequest.Listener {
  private final CallEnvironment environment;
  private final Strand strand;
  private final RequestSnapshot request;
  private final Route route;
  private final RequestTrace trace;
  private final Owner owner;
  private final ConnectionRequest connectionRequest;

  private @Nullable Lease lease;
  private @Nullable ConnectionDriver dialled;
  private boolean settled;
  private boolean reused;
  private boolean started;
  private volatile @Nullable Exchange exchange;
  private volatile @Nullable Throwable aborted;

  /** Whose round trip it is. Called on the strand. */
  interface Owner extends ExchangeOwner {
    /**
     * There is no connection.
     *
     * @param error why not
     */
    void notConnected(Throwable error);
  }

  RoundTripRunner(
      CallEnvironment environment,
      Strand strand,
      RequestSnapshot request,
      Route route,
      RequestTrace trace,
      Owner owner) {
    this.environment = environment;
    this.strand = strand;
    this.request = request;
    this.route = route;
    this.trace = trace;
    this.owner = owner;
    this.connectionRequest = new ConnectionRequest(route.key(), trace, this);
  }

  /** Begins. On the strand. */
  void start(int number, RoundTripReason reason) {
    started = true;
    if (trace.enabled()) {
      long at = trace.now();
      trace.roundTripStart(
          at,
          RoundTripStartInfo.of(
              number, reason, request.method(), request.uri(), HookSupport.allExact()));
      if (!wanted()) {
        return;
      }
      trace.getConn(at, connectionRequest.key().dialledHostPort());
      if (!wanted()) {
        return;
      }
    }
    environment.pool().acquire(connectionRequest);
  }

  /** A hook may have taken long; who stops the call meanwhile ends it as well. */
  @Override
  public boolean wanted() {
    return aborted == null && !strand.interrupted();
  }

  /** {@return whether it had a connection of its own that had been used before} */
  boolean reused() {
    return reused;
  }

  boolean connected() {
    return exchange != null;
  }

  /** {@return whether the calling thread runs the publisher of its body} */
  boolean runsHere() {
    Exchange under = exchange;
    return under != null && under.runsHere();
  }

  long connectionId() {
    return lease == null ? 0 : lease.connection().id();
  }

  /** {@return its connection, if it has got one} */
  @Nullable Lease lease() {
    return lease;
  }

  @Nullable SSLSession sslSession() {
    return lease == null ? null : lease.connection().sslSession();
  }

  @Override
  public boolean repeatable() {
    return RetryPolicy.mayBeRepeated(request);
  }

  @Override
  public boolean waitsHere() {
    return strand.canDriveHere();
  }

  @Override
  public void dialling(ConnectionDriver driver) {
    if (strand.runsHere()) {
      drive(driver);
    } else if (strand.canDrive()) {
      strand.execute(() -> drive(driver));
    }
  }

  private void drive(ConnectionDriver driver) {
    if (!settled && dialled != driver) {
      dialled = driver;
      strand.drive(driver);
    }
  }

  /** The dial is over, or goes on without this call. */
  private void settle(@Nullable ConnectionDriver granted) {
    settled = true;
    if (dialled != null && dialled != granted) {
      strand.left(false);
    }
  }

  @Override
  public void granted(Lease granted) {
    strand.execute(() -> begin(granted));
  }

  private void begin(Lease granted) {
    Throwable reason = aborted;
    if (reason != null) {
      granted.release(Lease.Fate.REUSE);
      notConnected(reason);
      return;
    }
    lease = granted;
    settle(granted.driver());
    strand.drive(granted.driver());
    reused = granted.reused() && !granted.shared();
    Exchange begun;
    try {
      begun = exchange(granted);
    } catch (Throwable t) {
      granted.release(Lease.Fate.REUSE);
      ended(new IOException("request failed: " + Failures.text(t), t));
      return;
    }
    exchange = begun;
    Throwable late = aborted;
    if (late != null) {
      begun.abort(late);
    }
    begun.begin();
  }

  private Exchange exchange(Lease granted) {
    ExchangeContext context =
        new ExchangeContext(
            strand, environment.executor(), trace, environment.clock(), environment.exchanges());
    return new Exchange(
        context,
        head(granted.connection()),
        request.hasBody() ? request.publisher() : null,
        granted,
        owner);
  }

  private RequestHead head(PooledConnection on) {
    RequestHead head = HeadBuilder.of(request, route, environment.requests());
    if (on.protocol().hasPseudoFields()) {
      return Http2HeadBuilder.of(head, on.key().scheme());
    }
    List<RequestHead.Field> upgrade = on.upgradeFields();
    return upgrade.isEmpty() || head.hasBody() || !head.keepAlive() ? head : head.with(upgrade);
  }

  @Override
  public void refused(Throwable error) {
    strand.execute(
        () -> {
          tellOfProxy(error);
          notConnected(error);
        });
  }

  /**
   * Tells the selector of the proxy if it could not be reached; a caller's code, so it may throw.
   */
  private void tellOfProxy(Throwable error) {
    ProxyServer proxy = route.key().proxy();
    if (proxy != null && Failures.isUnreachable(error)) {
      try {
        environment.proxies().connectFailed(request.uri(), proxy, (IOException) error);
      } catch (Throwable thrown) {
        error.addSuppressed(thrown);
      }
    }
  }

  private void notConnected(Throwable error) {
    ended(Failures.dialling(error));
  }

  /** The round trip has ended before its exchange could begin. */
  private void ended(Throwable failure) {
    settle(null);
    if (started && trace.enabled()) {
      trace.roundTripDone(
          trace.now(),
          0,
          RoundTripDoneInfo.of(ExchangeFailure.outcomeOf(failure), ByteCounts.NONE, failure));
    }
    owner.notConnected(failure);
  }

  /** Ends the round trip with an error, wherever it is. On any thread. */
  void abort(Throwable reason) {
    aborted = reason;
    if (environment.pool().cancel(connectionRequest, reason)) {
      strand.execute(() -> notConnected(reason));
      return;
    }
    Exchange under = exchange;
    if (under != null) {
      under.abort(reason);
    }
  }
}
