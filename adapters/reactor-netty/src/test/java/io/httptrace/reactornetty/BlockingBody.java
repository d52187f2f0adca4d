package io.httptrace.reactornetty;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * The body of a response for somebody who blocks. He sees its end when the connection has been
 * given back: Reactor Netty tells the end just before that, and whoever sends the next request at
 * once may miss the connection.
 */
final class BlockingBody extends BaseSubscriber<byte[]> {
  private final BlockingQueue<Object> parts = new LinkedBlockingQueue<>();
  private final Object end = new Object();
  private volatile @Nullable Channel channel;

  /**
   * Sets the connection, which Reactor Netty does not know any more when the response has ended.
   */
  void channel(Channel used) {
    channel = used;
  }

  @Override
  protected void hookOnSubscribe(Subscription subscription) {
    request(1);
  }

  @Override
  protected void hookOnNext(byte[] part) {
    parts.add(part);
  }

  @Override
  protected void hookOnComplete() {
    parts.add(end);
  }

  @Override
  protected void hookOnError(Throwable error) {
    parts.add(error);
  }

  /** Ends it from outside. */
  void stop(Exception reason) {
    dispose();
    parts.add(reason);
  }

  InputStream stream() {
    return new Content();
  }

  private final class Content extends InputStream {
    private byte[] part = new byte[0];
    private int at;
    private @Nullable Object over;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      while (at == part.length) {
        if (over == null && !next()) {
          continue;
        }
        return ended();
      }
      int count = Math.min(length, part.length - at);
      System.arraycopy(part, at, into, offset, count);
      at += count;
      return count;
    }

    /** {@return whether there is no next part} */
    private boolean next() throws IOException {
      Object taken;
      try {
        taken = parts.take();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException(interrupted);
      }
      if (taken instanceof byte[] content) {
        part = content;
        at = 0;
        request(1);
        return false;
      }
      over = taken;
      return true;
    }

    private int ended() throws IOException {
      if (over instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (over instanceof Throwable error) {
        throw new IOException(error);
      }
      Channel used = channel;
      if (used != null && used.isRegistered()) {
        used.eventLoop().submit(() -> {}).awaitUninterruptibly();
      }
      return -1;
    }

    @Override
    public void close() {
      dispose();
    }
  }
}
