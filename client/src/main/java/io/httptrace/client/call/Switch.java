package io.httptrace.client.call;

import io.httptrace.client.http1.Http1Connection;
import io.httptrace.client.netty.Turn;
import io.httptrace.client.pool.ConnectionPool;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection on its way from HTTP to another protocol, and then in that: under way until the
 * connection is closed.
 */
final class Switch implements Operation {
  private final Call<String> call;
  private final ConnectionPool pool;
  private final Taker taker;
  private final Consumer<Operation> onOver;

  private volatile boolean taken;
  private volatile @Nullable Throwable aborted;

  /**
   * Makes it.
   *
   * @param call asks for it
   * @param pool where the connection comes from, and still has its place
   * @param taker takes the connection
   * @param onOver is told when it is over
   */
  Switch(Call<String> call, ConnectionPool pool, Taker taker, Consumer<Operation> onOver) {
    this.call = call;
    this.pool = pool;
    this.taker = taker;
    this.onOver = onOver;
  }

  void begin() {
    call.future().whenComplete(this::ended);
    call.start();
  }

  private void ended(@Nullable HttpResponse<String> response, @Nullable Throwable error) {
    Turn.run(() -> end(response, error));
  }

  private void end(@Nullable HttpResponse<String> response, @Nullable Throwable error) {
    if (response == null) {
      onOver.accept(this);
      taker.failed(error == null ? new IllegalStateException("no response") : error);
    } else if (call.switched(response.statusCode()) instanceof Http1Connection connection) {
      connection.onClosed(
          () -> {
            pool.discard(connection);
            onOver.accept(this);
          });
      taken = true;
      try {
        taker.take(response, connection);
      } catch (Throwable t) {
        pool.discard(connection);
        taker.failed(t);
        return;
      }
      Throwable late = aborted;
      if (late != null) {
        taker.abort(late);
      }
    } else {
      onOver.accept(this);
      taker.take(response, null);
    }
  }

  @Override
  public boolean runsHere() {
    return taken && taker.runsHere();
  }

  /** The call is aborted as well, as an operation of its own. */
  @Override
  public void abortSurely(Throwable reason) {
    aborted = reason;
    if (taken) {
      taker.abort(reason);
    }
  }
}
