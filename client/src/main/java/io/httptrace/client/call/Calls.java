package io.httptrace.client.call;

import io.httptrace.ClientTrace;
import io.httptrace.client.concurrent.Turn;
import io.httptrace.client.request.RequestSnapshot;
import io.httptrace.client.route.ProxyServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of a client that are under way. */
public final class Calls {
  private final CallEnvironment environment;
  private final Runnable onDrained;
  private final Set<Operation> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean drained = new AtomicBoolean();
  private volatile boolean shutDown;

  /**
   * Begins without any calls.
   *
   * @param environment what all calls share
   * @param onDrained runs once, when the client has been shut down and no call is left
   */
  public Calls(CallEnvironment environment, Runnable onDrained) {
    this.environment = environment;
    this.onDrained = onDrained;
  }

  /**
   * Sends a request and waits for the response; hooks, handler and subscriber run on the calling
   * thread as long as it waits.
   *
   * @param atEnd runs on a thread of its own when the call is over, or null for nothing
   */
  public <T> HttpResponse<T> send(
      HttpRequest request,
      BodyHandler<T> handler,
      @Nullable ClientTrace trace,
      @Nullable Runnable atEnd)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Call<T> call = begin(RequestSnapshot.of(request), handler, trace, atEnd, true);
    Turn turn = Turn.begin();
    try {
      call.start();
      call.host();
      return call.future().get();
    } catch (CancellationException e) {
      throw Rethrown.of(e);
    } catch (ExecutionException e) {
      throw Failures.sending(e.getCause() == null ? e : e.getCause());
    } finally {
      turn.end();
    }
  }

  /** Sends a request; everything of the caller's but the first hooks runs on the executor. */
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      BodyHandler<T> handler,
      @Nullable ClientTrace trace,
      @Nullable Runnable atEnd) {
    Call<T> call;
    try {
      call = begin(RequestSnapshot.of(request), handler, trace, atEnd, false);
    } catch (IOException closed) {
      return CompletableFuture.failedFuture(closed);
    }
    Turn turn = Turn.begin();
    try {
      call.start();
    } finally {
      turn.end();
    }
    return call.future();
  }

  private <T> Call<T> begin(
      RequestSnapshot snapshot,
      BodyHandler<T> handler,
      @Nullable ClientTrace trace,
      @Nullable Runnable atEnd,
      boolean hosted)
      throws IOException {
    ProxyServer proxy = environment.proxies().proxyFor(snapshot.uri());
    Call<T> call =
        new Call<>(environment, snapshot, proxy, handler, trace, hosted, whenOver(atEnd));
    underWay.add(call);
    if (shutDown) {
      over(call);
      throw new IOException("the client has been shut down");
    }
    return call;
  }

  /** What runs at the end comes first: the client's end waits for it. */
  private Consumer<Operation> whenOver(@Nullable Runnable atEnd) {
    if (atEnd == null) {
      return this::over;
    }
    return call -> {
      try {
        environment.spare().execute(atEnd);
      } finally {
        over(call);
      }
    };
  }

  /**
   * Sends a request for another protocol on its connection; as {@link #sendAsync}. What it leads to
   * is under way until the connection is closed.
   *
   * @param request the request, without the fields that ask
   * @param protocol the protocol
   * @param trace its trace, or null for none
   * @param atEnd runs on a thread of its own when the call is over, or null for nothing
   * @param handler takes the connection
   * @return cancels the request
   * @throws IOException if the client has been shut down
   */
  public Runnable upgrade(
      HttpRequest request,
      String protocol,
      @Nullable ClientTrace trace,
      @Nullable Runnable atEnd,
      UpgradeHandler handler)
      throws IOException {
    RequestSnapshot asking = RequestSnapshot.of(request).upgradingTo(protocol);
    Call<String> call = begin(asking, BodyHandlers.ofString(), trace, atEnd, false);
    ProtocolUpgrade switching = new ProtocolUpgrade(call, handler, this::over);
    underWay.add(switching);
    Turn.run(switching::begin);
    return call::cancel;
  }

  private void over(Operation operation) {
    underWay.remove(operation);
    checkDrained();
  }

  /** Notices that no call is left after a {@link #shutdown()}, in case nobody has told. */
  public void checkDrained() {
    if (shutDown
        && underWay.stream().allMatch(Operation::isOver)
        && drained.compareAndSet(false, true)) {
      Turn.run(onDrained);
    }
  }

  /** {@return whether the calling thread is in code that a call runs, such as a hook} */
  public boolean runHere() {
    return underWay.stream().anyMatch(Operation::runsHere);
  }

  /** Accepts no more requests. */
  public void shutdown() {
    shutDown = true;
    checkDrained();
  }

  /** Accepts no more requests, and aborts those that are under way. */
  public void shutdownNow() {
    shutdown();
    Turn.run(
        () ->
            underWay.forEach(
                each -> each.abortNow(new IOException("the client has been shut down"))));
  }
}
