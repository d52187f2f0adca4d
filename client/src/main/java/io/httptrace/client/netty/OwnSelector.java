package io.httptrace.client.netty;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A selector for one connection, on which its caller waits. Used by one thread at a time, but for
 * {@link #wake()} and {@link #readFull}.
 */
final class OwnSelector {
  private final Consumer<SelectionKey> onKey = this::hear;
  private volatile @Nullable Selector selector;
  private volatile boolean blocked;
  private volatile boolean full;
  private @Nullable SelectionKey key;
  private int ready;

  /**
   * Opens it.
   *
   * @param channel the socket
   * @throws IOException if the channel is closed, or the system has no selector to give
   */
  void open(SelectableChannel channel) throws IOException {
    Selector opened = channel.provider().openSelector();
    try {
      key = channel.register(opened, 0);
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
    selector = opened;
  }

  boolean isOpen() {
    return selector != null;
  }

  /** Closes it, if it is open: the socket of a channel that is closed is only then given back. */
  void close() {
    Selector closing = selector;
    selector = null;
    key = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException e) {
        // It has no more to do.
      }
    }
  }

  /** Sets what readiness is wanted for, from the next select on. */
  void listenFor(int ops) {
    ready = 0;
    SelectionKey listening = key;
    if (listening != null && listening.interestOps() != ops) {
      listening.interestOps(ops);
    }
  }

  /** Tells whether the thread waits, or is about to: it has to be woken for what comes from now. */
  void blocked(boolean now) {
    blocked = now;
  }

  /**
   * Tells whether the last read filled its buffer. Then there is more, or most likely so: the next
   * {@link #select()} does not ask the system whether the socket can be read, and if there is
   * nothing after all, the read will find that. On any thread.
   */
  void readFull(boolean now) {
    if (now != full) {
      full = now;
    }
  }

  /** Waits until the socket is ready, or {@link #wake()} has been called, or an interrupt. */
  void select() throws IOException {
    Selector waiting = selector;
    SelectionKey listening = key;
    if (full && listening != null && (listening.interestOps() & SelectionKey.OP_READ) != 0) {
      full = false;
      ready = SelectionKey.OP_READ;
    } else if (waiting != null) {
      waiting.select(onKey);
    }
  }

  /** Looks whether the socket is ready. */
  void selectNow() throws IOException {
    Selector asked = selector;
    if (asked != null) {
      asked.selectNow(onKey);
    }
  }

  private void hear(SelectionKey heard) {
    ready = heard.readyOps();
  }

  /** {@return what the socket was found to be ready for} */
  int ready() {
    return ready;
  }

  /** Ends the wait, if there is one, or the next. On any thread. */
  void wake() {
    if (blocked) {
      Selector waiting = selector;
      if (waiting != null) {
        waiting.wakeup();
      }
    }
  }
}
