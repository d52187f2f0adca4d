package io.httptrace.client.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * What Netty's NIO channels expect of an event loop, beyond what the interfaces say: that the
 * attachment of a registration is a selection key, whose interest can be asked at any time. All
 * that the client leans on of that kind is here; a test fails if another version of Netty expects
 * something else.
 */
final class NettyRegistration implements IoRegistration {
  private static final NioIoEvent[] EVENTS = new NioIoEvent[32];

  static {
    for (int i = 0; i < EVENTS.length; i++) {
      NioIoOps ops = NioIoOps.valueOf(i);
      EVENTS[i] = () -> ops;
    }
  }

  private final NioIoHandle handle;
  private final Readiness readiness;
  private final Key key = new Key();

  NettyRegistration(NioIoHandle handle, Poller poller, SerialTasks tasks) {
    this.handle = handle;
    this.readiness = new Readiness(handle.selectableChannel(), poller, tasks, this::ready);
  }

  /** {@return whether a handle can be registered} */
  static boolean takes(Class<? extends IoHandle> type) {
    return NioIoHandle.class.isAssignableFrom(type);
  }

  void start() {
    readiness.start();
    handle.registered();
  }

  Readiness readiness() {
    return readiness;
  }

  private void ready(int ops) {
    handle.handle(this, EVENTS[ops]);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
  public <T> T attachment() {
    return (T) key;
  }

  @Override
  public long submit(IoOps ops) {
    if (readiness.isCancelled()) {
      return -1;
    }
    int wanted = ((NioIoOps) ops).value();
    readiness.interest(wanted);
    return wanted;
  }

  @Override
  public boolean isValid() {
    return !readiness.isCancelled();
  }

  @Override
  public boolean cancel() {
    if (readiness.isCancelled()) {
      return false;
    }
    readiness.cancel();
    handle.unregistered();
    return true;
  }

  /** A key for Netty's eyes: it remembers what is wanted, and belongs to no selector. */
  private final class Key extends SelectionKey {
    @Override
    public SelectableChannel channel() {
      return handle.selectableChannel();
    }

    @Override
    public Selector selector() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isValid() {
      return NettyRegistration.this.isValid();
    }

    @Override
    public void cancel() {
      NettyRegistration.this.cancel();
    }

    @Override
    public int interestOps() {
      return readiness.interest();
    }

    @Override
    public SelectionKey interestOps(int ops) {
      readiness.interest(ops);
      return this;
    }

    @Override
    public int readyOps() {
      return 0;
    }
  }
}
