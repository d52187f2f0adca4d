package io.httptrace.client.netty;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What the poller is asked for on behalf of one socket. On any thread. */
final class PollerKey {
  private final Poller poller;
  private final IntSupplier wanted;
  private volatile @Nullable SelectionKey key;

  /**
   * Asks for nothing yet.
   *
   * @param wanted what the socket's readiness is wanted for; may change at any time
   */
  PollerKey(Poller poller, IntSupplier wanted) {
    this.poller = poller;
    this.wanted = wanted;
  }

  void register(SelectableChannel channel, Poller.Source source) throws IOException {
    key = poller.register(channel, source);
  }

  /** Asks for what is wanted now. The last thread to do so sees what is. */
  void update() {
    SelectionKey asked = key;
    if (asked == null) {
      return;
    }
    try {
      int ops;
      do {
        ops = wanted.getAsInt();
        if (asked.interestOps() != ops) {
          asked.interestOps(ops);
        }
      } while (ops != wanted.getAsInt());
    } catch (CancelledKeyException closed) {
      // There is nothing to be told of any more.
    }
  }

  void cancel() {
    SelectionKey cancelled = key;
    if (cancelled != null) {
      cancelled.cancel();
      poller.changed();
    }
  }
}
