package io.httptrace.client.pool;

import static io.httptrace.client.pool.Requests.TRACED;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.client.route.PoolKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request for a connection, and what became of it. */
final class Ask implements ConnectionRequest.Listener {
  final ConnectionRequest request;
  private final Requests requests;
  private final List<ConnWaitReason> waits = new ArrayList<>();
  @Nullable Lease grant;
  @Nullable Throwable error;

  /** Runs when it is granted a connection. */
  Runnable then = () -> {};

  boolean repeatable;

  Ask(PoolKey key, Requests requests) {
    this.requests = requests;
    ClientTrace trace = ClientTrace.builder().connWaitStart(waits::add).build();
    request = new ConnectionRequest(key, requests.trace(trace), this);
  }

  /** Checks for what it was told to wait; a request that is not traced is told nothing. */
  void isToldToWaitFor(ConnWaitReason... reasons) {
    assertThat(waits).containsExactly(requests == TRACED ? reasons : new ConnWaitReason[0]);
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
