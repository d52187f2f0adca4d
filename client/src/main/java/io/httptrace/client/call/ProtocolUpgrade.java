package io.httptrace.client.call;

import io.httptrace.client.concurrent.Turn;
import io.httptrace.client.http1.Http1Connection;
import io.httptrace.client.pool.Lease;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection on its way from HTTP to another protocol, and then in that: under way until the
 * connection is closed.
 */
final class ProtocolUpgrade implements Operation {
  private final Call<String> call;
  private final UpgradeHandler handler;
  private final Consumer<Operation> onOver;

  private volatile boolean taken;
  private volatile @Nullable Throwable aborted;

  /**
   * Makes the upgrade that a request asks for.
   *
   * @param call asks for it
   * @param handler takes the connection
   * @param onOver is told when it is over
   */
  ProtocolUpgrade(Call<String> call, UpgradeHandler handler, Consumer<Operation> onOver) {
    this.call = call;
    this.handler = handler;
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
      handler.failed(error == null ? new IllegalStateException("no response") : error);
      return;
    }
    Lease lease = call.switched(response.statusCode());
    if (lease != null && lease.connection() instanceof Http1Connection connection) {
      handOver(response, lease, connection);
    } else {
      onOver.accept(this);
      handler.take(response, null);
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
      handler.take(response, connection);
    } catch (Throwable t) {
      lease.close();
      handler.failed(t);
      return;
    }
    Throwable late = aborted;
    if (late != null) {
      handler.abort(late);
    }
  }

  @Override
  public boolean runsHere() {
    return taken && handler.runsHere();
  }

  /** The call is aborted as well, as an operation of its own. */
  @Override
  public void abortNow(Throwable reason) {
    aborted = reason;
    if (taken) {
      handler.abort(reason);
    }
  }
}
