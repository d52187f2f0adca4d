package io.httptrace.client.exchange;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The connection, as long as the exchange has it: it lets go of it once, whoever comes first. Used
 * on the strand, but for what is marked otherwise.
 */
final class Hold {
  private final Lease lease;
  private final ExchangeHooks hooks;
  private final Runnable abort;
  private final boolean keepAlive;
  private final AtomicBoolean held = new AtomicBoolean(true);

  /**
   * Makes it.
   *
   * @param abort ends the exchange on the connection, if it is still under way there
   * @param keepAlive whether the connection may be used again
   */
  Hold(Lease lease, ExchangeHooks hooks, Runnable abort, boolean keepAlive) {
    this.lease = lease;
    this.hooks = hooks;
    this.abort = abort;
    this.keepAlive = keepAlive;
  }

  private boolean letGo() {
    return held.getAndSet(false);
  }

  /** The exchange is complete, and the connection can be used again. */
  void giveBack() {
    if (letGo()) {
      IOException refused = null;
      if (hooks.enabled() && lease.protocol().tellsPutIdleConn()) {
        refused = lease.reserve();
        hooks.putIdleConn(refused);
      }
      if (refused == null) {
        lease.giveBack();
      } else {
        lease.close();
      }
    }
  }

  /** The exchange is complete, and the connection cannot be used again. */
  void close() {
    if (letGo()) {
      lease.close();
    }
  }

  /** The exchange is complete, and the connection is for another protocol now. */
  void switched() {
    if (letGo()) {
      lease.switched();
    }
  }

  /** The exchange ends before anything of it has been written. */
  void leaveUnused() {
    if (letGo()) {
      if (keepAlive) {
        lease.giveBack();
      } else {
        lease.close();
      }
    }
  }

  /** The exchange ends before its time. */
  void abandon() {
    abort.run();
    if (letGo()) {
      if (keepAlive) {
        lease.abandon();
      } else {
        lease.close();
      }
    }
  }

  /**
   * The exchange is about to be abandoned: others need not wait for the strand to get a stream of a
   * connection that is shared. On any thread.
   */
  void abandonIfShared() {
    if (lease.shared()) {
      abandon();
    }
  }
}
