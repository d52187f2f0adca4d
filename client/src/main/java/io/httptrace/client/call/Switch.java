package io.httptrace.client.call;

import io.httptrace.client.http1.Http1Connection;
import io.httptrace.client.netty.Turn;
import io.httptrace.client.pool.Lease;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection on its way from HTTP to another protocol, and then in that: under way until the
 * connection is closed.
 */
final class Switch implements Operation {
  private final Call<String> call;
  private final Taker taker;
  private final Consumer<Operation> onOver;

  private volatile boolean taken;
  private volatile @Nullable Throwable aborted;

  /**
   * Makes it.
   *
   * @param call asks for it
   * @param taker takes the connection
   * @param onOver is told when it is over
   */
  Switch(Call<String> call, Taker taker, Consumer<Operation> onOver) {
    this.call = call;
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
      return;
    }
    Lease lease = call.switched(response.statusCode());
    if (lease != null && lease.connection() instanceof Http1Connection connection) {
      handOver(response, lease, connection);
    } else {
      onOver.accept(this);
      taker.take(response, null);
    }
  }

  private void handOver(HttpResponse<String> response, Lease lease, Http1Connection connection) {
    connection.onClosed(
        () -> {
          lease.close();
          onOver.accept(this);
        });
    taken = true;
    try {
      taker.take(response, connection);
    } catch (Throwable t) {
      lease.close();
      taker.failed(t);
      return;
    }
    Throwable late = aborted;
    if (late != null) {
      taker.abort(late);
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
