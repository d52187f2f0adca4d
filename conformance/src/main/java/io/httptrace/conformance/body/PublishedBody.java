package io.httptrace.conformance.body;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A response body from a publisher, as a stream. It requests one item from the publisher when the
 * reader has read the one before and reads on, and none in advance.
 *
 * <p>An adapter of a {@code java.net.http} client makes one from the publisher of {@code
 * BodyHandlers.ofPublisher()}.
 */
public final class PublishedBody extends InputStream {
  private final Receiver receiver = new Receiver();

  private PublishedBody() {}

  /**
   * {@return the body of a publisher} It subscribes at once.
   *
   * @param publisher the publisher
   */
  public static PublishedBody of(Flow.Publisher<List<ByteBuffer>> publisher) {
    PublishedBody body = new PublishedBody();
    publisher.subscribe(body.receiver);
    return body;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer next = receiver.next();
    if (next == null) {
      return -1;
    }
    int count = Math.min(length, next.remaining());
    next.get(buffer, offset, count);
    return count;
  }

  @Override
  public int available() {
    return receiver.available();
  }

  /** Abandons the rest of the body. */
  @Override
  public void close() {
    receiver.abandon();
  }

  /** All state is guarded by the receiver's monitor; the publisher is called outside of it. */
  private static final class Receiver implements Flow.Subscriber<List<ByteBuffer>> {
    private final Queue<ByteBuffer> buffers = new ArrayDeque<>();
    private Flow.@Nullable Subscription subscription;
    private boolean asked;
    private boolean ended;
    private @Nullable Throwable error;

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
      subscription = given;
      notifyAll();
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> item) {
      item.stream().filter(ByteBuffer::hasRemaining).forEach(buffers::add);
      asked = false;
      notifyAll();
    }

    @Override
    public synchronized void onError(Throwable cause) {
      error = cause;
      ended = true;
      notifyAll();
    }

    @Override
    public synchronized void onComplete() {
      ended = true;
      notifyAll();
    }

    @Nullable ByteBuffer next() throws IOException {
      while (true) {
        Flow.Subscription toAsk;
        synchronized (this) {
          ByteBuffer ready = firstWithBytes();
          if (ready != null) {
            return ready;
          }
          if (ended) {
            rethrow();
            return null;
          }
          toAsk = asked ? null : subscription;
          if (toAsk == null) {
            pause();
            continue;
          }
          asked = true;
        }
        toAsk.request(1);
      }
    }

    private @Nullable ByteBuffer firstWithBytes() {
      while (!buffers.isEmpty() && !buffers.element().hasRemaining()) {
        buffers.remove();
      }
      return buffers.peek();
    }

    @SuppressWarnings("WaitNotInLoop") // next() is the loop
    private void pause() throws IOException {
      try {
        wait();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while reading the body", interrupted);
      }
    }

    private void rethrow() throws IOException {
      if (error instanceof IOException io) {
        throw io;
      }
      if (error != null) {
        throw new IOException("the body failed", error);
      }
    }

    synchronized int available() {
      return buffers.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    void abandon() {
      Flow.Subscription toCancel;
      synchronized (this) {
        toCancel = ended ? null : subscription;
      }
      if (toCancel != null) {
        toCancel.cancel();
      }
    }
  }
}
