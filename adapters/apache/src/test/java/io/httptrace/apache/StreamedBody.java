package io.httptrace.apache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/** A response body that comes in parts and is read as a stream. */
final class StreamedBody extends InputStream {
  private final Runnable cancel;

  // Guarded by this.
  private final Queue<ByteBuffer> parts = new ArrayDeque<>();
  private @Nullable CapacityChannel channel;
  private int taken;
  private boolean ended;
  private @Nullable Exception failure;

  /**
   * Makes one.
   *
   * @param cancel is run if it is closed before its end
   */
  StreamedBody(Runnable cancel) {
    this.cancel = cancel;
  }

  synchronized void add(ByteBuffer part) {
    ByteBuffer copy = ByteBuffer.allocate(part.remaining());
    copy.put(part).flip();
    parts.add(copy);
    notifyAll();
  }

  void capacity(CapacityChannel asking) throws IOException {
    int free;
    synchronized (this) {
      channel = asking;
      free = taken;
      taken = 0;
    }
    if (free > 0) {
      asking.update(free);
    }
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized void fail(Exception cause) {
    if (!ended && failure == null) {
      failure = cause;
      notifyAll();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int count;
    CapacityChannel asking;
    synchronized (this) {
      while (parts.isEmpty() && !ended && failure == null) {
        try {
          wait();
        } catch (InterruptedException interrupted) {
          throw new IOException(interrupted);
        }
      }
      ByteBuffer part = parts.peek();
      if (part == null) {
        if (failure != null) {
          throw new IOException(failure);
        }
        return -1;
      }
      count = Math.min(length, part.remaining());
      part.get(to, offset, count);
      if (!part.hasRemaining()) {
        parts.remove();
      }
      asking = channel;
      taken = asking == null ? taken + count : 0;
    }
    if (asking != null) {
      asking.update(count);
    }
    return count;
  }

  @Override
  public void close() {
    boolean early;
    synchronized (this) {
      early = !ended && failure == null;
    }
    if (early) {
      cancel.run();
    }
  }
}
