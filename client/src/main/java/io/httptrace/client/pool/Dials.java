package io.httptrace.client.pool;

import io.httptrace.client.concurrent.Strand;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dials of a pool that are under way. They can outlive the requests for which they were made,
 * so the pool has to stop them when it is closed; their hooks still report their end.
 */
final class Dials {
  private final Dialer dialer;

  /**
   * Starts dials one after the other, on the thread that adds the first. A dial can fail at once
   * and so make room for the next one, which must not start on the same stack: there may be
   * thousands.
   */
  private final Strand starts = new Strand(Runnable::run);

  // Guarded by this.
  private final Set<UnderWay> underWay = new HashSet<>();
  private @Nullable Throwable stopped;
  private @Nullable Runnable onNone;

  Dials(Dialer dialer) {
    this.dialer = dialer;
  }

  void start(ConnectionRequest request, Dialer.Outcome outcome) {
    UnderWay dial = new UnderWay(outcome);
    synchronized (this) {
      underWay.add(dial);
    }
    starts.execute(() -> dial.start(request));
  }

  /**
   * Stops all dials, also later ones.
   *
   * @param reason why
   * @param whenNone runs once no dial is left
   */
  void stop(Throwable reason, Runnable whenNone) {
    List<UnderWay> toStop;
    synchronized (this) {
      stopped = reason;
      onNone = whenNone;
      toStop = List.copyOf(underWay);
    }
    toStop.forEach(dial -> dial.stop(reason));
    checkNone();
  }

  private void ended(UnderWay dial) {
    synchronized (this) {
      underWay.remove(dial);
    }
    checkNone();
  }

  private void checkNone() {
    Runnable action;
    synchronized (this) {
      if (!underWay.isEmpty()) {
        return;
      }
      action = onNone;
      onNone = null;
    }
    if (action != null) {
      action.run();
    }
  }

  private synchronized @Nullable Throwable stopped() {
    return stopped;
  }

  private final class UnderWay implements Dialer.Outcome {
    private final Dialer.Outcome outcome;
    private volatile Dialer.@Nullable Dial dial;

    UnderWay(Dialer.Outcome outcome) {
      this.outcome = outcome;
    }

    void start(ConnectionRequest request) {
      Dialer.Dial started = dialer.dial(request, this);
      dial = started;
      request.dialling(started);
      Throwable reason = stopped();
      if (reason != null) {
        started.cancel(reason);
      }
      started.start();
    }

    void stop(Throwable reason) {
      Dialer.Dial started = dial;
      if (started != null) {
        started.cancel(reason);
      }
    }

    @Override
    public void connected(PooledConnection connection) {
      outcome.connected(connection);
      ended(this);
    }

    @Override
    public void failed(Throwable error) {
      outcome.failed(error);
      ended(this);
    }
  }
}
