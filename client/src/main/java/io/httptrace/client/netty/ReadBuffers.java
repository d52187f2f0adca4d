package io.httptrace.client.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that plain connections read into. As a rule nobody keeps what has been read, so as
 * many will do as there are threads that read at a time; one that somebody has kept is left to
 * them. A connection reads once for each time that its socket is ready, and asks for more if it
 * wants more.
 *
 * <p>They belong to the client, not to threads: what is left on a thread of the caller's stays as
 * long as that thread does.
 */
final class ReadBuffers implements RecvByteBufAllocator {
  private static final int SMALL = 16 * 1024;
  private static final int LARGE = 64 * 1024;

  /** They are ours alone, and Netty's leak detector is dear. */
  private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

  private final Idle small;
  private final Idle large;

  /**
   * Makes it.
   *
   * @param readers how many threads are likely to read at a time
   */
  ReadBuffers(int readers) {
    this.small = new Idle(readers, SMALL);
    this.large = new Idle(readers, LARGE);
  }

  /** Lets go of all buffers, and keeps none from now on. */
  void close() {
    small.close();
    large.close();
  }

  @Override
  @SuppressWarnings("deprecation") // Netty has no other type for it
  public Handle newHandle() {
    return new Reads();
  }

  /** Those of one size that nobody uses. A buffer is in one place, or in use; never both. */
  private static final class Idle {
    private final int size;
    private final AtomicReferenceArray<@Nullable ByteBuf> places;
    private volatile boolean closed;

    Idle(int places, int size) {
      this.size = size;
      this.places = new AtomicReferenceArray<>(places);
    }

    ByteBuf take() {
      for (int i = 0; i < places.length(); i++) {
        ByteBuf found = places.get(i) == null ? null : places.getAndSet(i, null);
        if (found != null) {
          return found.clear();
        }
      }
      return ALLOCATOR.directBuffer(size, size);
    }

    void put(ByteBuf buffer) {
      for (int i = 0; i < places.length(); i++) {
        if (places.get(i) == null && places.compareAndSet(i, null, buffer)) {
          if (closed) {
            close();
          }
          return;
        }
      }
      buffer.release();
    }

    void close() {
      closed = true;
      for (int i = 0; i < places.length(); i++) {
        ByteBuf found = places.getAndSet(i, null);
        if (found != null) {
          found.release();
        }
      }
    }
  }

  /** The reads of one connection. */
  @SuppressWarnings("deprecation") // Netty has no other type for it
  private final class Reads implements Handle {
    private @Nullable ByteBuf buffer;
    private Idle from = small;
    private int last;
    private int attempted;

    /** How many reads in a row have filled their buffer. */
    private int full;

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      from = full > 1 ? large : small;
      ByteBuf taken = from.take();
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
        from.put(taken);
      } else {
        taken.release();
      }
    }

    @Override
    public int guess() {
      return SMALL;
    }

    @Override
    public void reset(ChannelConfig config) {}

    @Override
    public void incMessagesRead(int count) {}

    @Override
    public void lastBytesRead(int bytes) {
      last = bytes;
      if (bytes == attempted) {
        full++;
      } else if (bytes < SMALL / 2) {
        full = 0;
      }
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
