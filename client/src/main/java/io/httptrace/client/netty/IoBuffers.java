package io.httptrace.client.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that plain connections read into, and from which several pieces are written as one.
 * As a rule nobody keeps what has been read, so as many will do as there are threads that read at a
 * time; one that somebody has kept is left to them. A connection reads once for each time that its
 * socket is ready, and asks for more if it wants more.
 *
 * <p>They belong to the client, not to threads: what is left on a thread of the caller's stays as
 * long as that thread does.
 */
final class IoBuffers implements RecvByteBufAllocator {
  private static final int SIZE = 64 * 1024;

  /** They are ours alone, and Netty's leak detector is dear. */
  private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

  private final AtomicReferenceArray<@Nullable ByteBuf> idle;
  private volatile boolean closed;

  /**
   * Makes an empty stock of buffers.
   *
   * @param readers how many threads are likely to read at a time
   */
  IoBuffers(int readers) {
    this.idle = new AtomicReferenceArray<>(readers);
  }

  /** Lets go of all buffers, and keeps none from now on. */
  void close() {
    closed = true;
    for (int i = 0; i < idle.length(); i++) {
      ByteBuf found = idle.getAndSet(i, null);
      if (found != null) {
        found.release();
      }
    }
  }

  /** {@return a buffer that nobody else uses: it is in one place, or in use; never both} */
  ByteBuf take() {
    for (int i = 0; i < idle.length(); i++) {
      ByteBuf found = idle.get(i) == null ? null : idle.getAndSet(i, null);
      if (found != null) {
        return found.clear();
      }
    }
    return ALLOCATOR.directBuffer(SIZE, SIZE);
  }

  /** Takes back a buffer that nobody uses any more. */
  void put(ByteBuf buffer) {
    for (int i = 0; i < idle.length(); i++) {
      if (idle.get(i) == null && idle.compareAndSet(i, null, buffer)) {
        if (closed) {
          close();
        }
        return;
      }
    }
    buffer.release();
  }

  @Override
  @SuppressWarnings("deprecation") // Netty has no other type for it
  public Handle newHandle() {
    return new Reads();
  }

  /** The reads of one connection. */
  @SuppressWarnings("deprecation") // Netty has no other type for it
  private final class Reads implements Handle {
    private @Nullable ByteBuf buffer;
    private int last;
    private int attempted;

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      ByteBuf taken = take();
      buffer = taken;
      return taken.retain();
    }

    @Override
    public void readComplete() {
      ByteBuf taken = buffer;
      buffer = null;
      if (taken == null) {
        return;
      }
      if (taken.refCnt() == 1) {
        put(taken);
      } else {
        taken.release();
      }
    }

    @Override
    public int guess() {
      return SIZE;
    }

    @Override
    public void reset(ChannelConfig config) {}

    @Override
    public void incMessagesRead(int count) {}

    @Override
    public void lastBytesRead(int bytes) {
      last = bytes;
    }

    @Override
    public int lastBytesRead() {
      return last;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
      attempted = bytes;
    }

    @Override
    public int attemptedBytesRead() {
      return attempted;
    }

    @Override
    public boolean continueReading() {
      return false;
    }
  }
}
