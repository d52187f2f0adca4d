package io.httptrace.client.netty;

import io.httptrace.client.races.Wait;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * As the JDK says of selectors: a wait is for what was of interest when it began; a wake-up ends
 * the wait or the next one; what a socket is ready for it stays ready for; a socket that is
 * registered once more keeps its key.
 */
final class FakeSelector extends AbstractSelector {
  private final FakeNetwork network;

  // With the monitor of the network held.
  private final List<Key> keys = new ArrayList<>();
  private boolean woken;
  private boolean closed;

  /** The time limit of the wait; -1 if nobody waits. */
  private long waiting = -1;

  FakeSelector(FakeNetwork network) {
    super(null);
    this.network = network;
  }

  SelectionKey add(FakeSocket socket, int ops, Object attachment) {
    Key key = keyOf(socket);
    key.attach(attachment);
    key.interestOps(ops);
    return key;
  }

  private Key keyOf(FakeSocket socket) {
    synchronized (network) {
      for (Key key : keys) {
        if (key.socket == socket) {
          return key;
        }
      }
      Key made = new Key(socket);
      keys.add(made);
      return made;
    }
  }

  @Override
  public int select(Consumer<SelectionKey> action, long timeout) {
    List<Key> heard = new ArrayList<>();
    synchronized (network) {
      keys.removeIf(key -> !key.isValid());
      for (Key key : keys) {
        key.listened = key.interest;
      }
      waiting = timeout;
      network.notifyAll();
      Wait.on(network, () -> woken || closed || anyReady());
      waiting = -1;
      hear(heard);
    }
    heard.forEach(action);
    return heard.size();
  }

  @Override
  public int select(Consumer<SelectionKey> action) {
    return select(action, 0);
  }

  @Override
  public int selectNow(Consumer<SelectionKey> action) {
    List<Key> heard = new ArrayList<>();
    synchronized (network) {
      for (Key key : keys) {
        key.listened = key.interest;
      }
      hear(heard);
    }
    heard.forEach(action);
    return heard.size();
  }

  private boolean anyReady() {
    for (Key key : keys) {
      if ((key.listened & key.socket.readyOps()) != 0) {
        return true;
      }
    }
    return false;
  }

  private void hear(List<Key> heard) {
    if (closed) {
      throw new ClosedSelectorException();
    }
    woken = false;
    for (Key key : keys) {
      key.ready = key.listened & key.socket.readyOps();
      if (key.ready != 0 && key.isValid()) {
        heard.add(key);
      }
    }
  }

  /** Waits until a thread waits in it with a time limit. */
  void awaitLimitedWait() {
    Wait.on(network, () -> waiting > 0);
  }

  @Override
  public Selector wakeup() {
    synchronized (network) {
      woken = true;
      network.notifyAll();
    }
    return this;
  }

  @Override
  protected void implCloseSelector() {
    synchronized (network) {
      closed = true;
      network.closed(this);
    }
  }

  @Override
  protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<SelectionKey> keys() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<SelectionKey> selectedKeys() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int selectNow() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int select(long timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int select() {
    throw new UnsupportedOperationException();
  }

  private final class Key extends SelectionKey {
    final FakeSocket socket;
    volatile int interest;
    volatile boolean cancelled;
    int listened;
    int ready;

    Key(FakeSocket socket) {
      this.socket = socket;
    }

    @Override
    public SelectableChannel channel() {
      return socket;
    }

    @Override
    public Selector selector() {
      return FakeSelector.this;
    }

    @Override
    public boolean isValid() {
      return !cancelled;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public int interestOps() {
      ensureValid();
      return interest;
    }

    @Override
    public SelectionKey interestOps(int ops) {
      ensureValid();
      interest = ops;
      return this;
    }

    @Override
    public int readyOps() {
      ensureValid();
      return ready;
    }

    private void ensureValid() {
      if (cancelled) {
        throw new CancelledKeyException();
      }
    }
  }
}
