package io.httptrace.client.netty;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the poller is asked for on behalf of one socket, which it does not know before it is asked
 * for something. On any thread.
 */
final class PollerKey {
  private final Poller poller;
  private final SelectableChannel channel;
  private final Poller.Source source;
  private final IntSupplier wanted;
  private volatile @Nullable SelectionKey key;
  private volatile boolean cancelled;

  /**
   * Asks for nothing yet.
   *
   * @param source is told when the socket is ready
   * @param wanted what the socket's readiness is wanted for; may change at any time
   */
  PollerKey(Poller poller, SelectableChannel channel, Poller.Source source, IntSupplier wanted) {
    this.poller = poller;
    this.channel = channel;
    this.source = source;
    this.wanted = wanted;
  }

  /** Asks for what is wanted now. The last thread to do so sees what is. */
  void update() {
    try {
      SelectionKey asked = key;
      int ops = wanted.getAsInt();
      if (asked == null) {
        if (ops == 0 || cancelled) {
          return;
        }
        asked = register();
      }
      do {
        ops = wanted.getAsInt();
        if (asked.interestOps() != ops) {
          asked.interestOps(ops);
        }
      } while (ops != wanted.getAsInt());
    } catch (IOException | CancelledKeyException | ClosedSelectorException closed) {
      // There is nothing to be told of any more.
    }
  }

  /** Whoever else does so at the same time gets the same key. */
  private SelectionKey register() throws IOException {
    SelectionKey made = poller.register(channel, source);
    key = made;
    if (cancelled) {
      cancel();
    }
    return made;
  }

  void cancel() {
    cancelled = true;
    SelectionKey registered = key;
    if (registered != null) {
      registered.cancel();
      poller.changed();
    }
  }
}
