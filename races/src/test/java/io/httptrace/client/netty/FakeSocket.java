package io.httptrace.client.netty;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/** A socket that counts messages. It is ready to be read while there are some. */
final class FakeSocket extends SelectableChannel {
  private final FakeNetwork network;
  private int unread;

  FakeSocket(FakeNetwork network) {
    this.network = network;
  }

  /** The peer says something. */
  void say() {
    synchronized (network) {
      unread++;
      network.notifyAll();
    }
  }

  /** {@return how many messages there were} They are read. */
  int read() {
    synchronized (network) {
      int read = unread;
      unread = 0;
      return read;
    }
  }

  /** {@return what it is ready for} With the monitor of the network held. */
  int readyOps() {
    return unread > 0 ? SelectionKey.OP_READ : 0;
  }

  @Override
  public SelectionKey register(Selector selector, int ops, Object attachment) {
    return ((FakeSelector) selector).add(this, ops, attachment);
  }

  @Override
  public SelectorProvider provider() {
    return new Provider();
  }

  @Override
  public int validOps() {
    return SelectionKey.OP_READ;
  }

  @Override
  public boolean isRegistered() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SelectionKey keyFor(Selector selector) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SelectableChannel configureBlocking(boolean block) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isBlocking() {
    return false;
  }

  @Override
  public Object blockingLock() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void implCloseChannel() {}

  private final class Provider extends SelectorProvider {
    @Override
    public AbstractSelector openSelector() {
      return network.openSelector();
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
      throw new UnsupportedOperationException();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
      throw new UnsupportedOperationException();
    }

    @Override
    public Pipe openPipe() throws IOException {
      throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
      throw new UnsupportedOperationException();
    }
  }
}
