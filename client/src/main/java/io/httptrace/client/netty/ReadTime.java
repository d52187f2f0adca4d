package io.httptrace.client.netty;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * When what a connection reads was there to be read. Between that and the read lies what the thread
 * that listens does for other connections, which says nothing of the peer. The clock is read only
 * for those who want to know.
 *
 * <p>The first read after the socket was found to be ready has the time at which that was found;
 * one that follows at once has its own.
 */
public final class ReadTime {
  /** That of a connection of which it is not known. */
  public static final ReadTime UNKNOWN = new ReadTime();

  private final AtomicInteger wanting = new AtomicInteger();

  /** When the socket was found to be ready; 0 if no read is due, or nobody wanted to know. */
  private volatile long ready;

  // Used by tasks of the connection.
  private long due;
  private long current;

  /** Makes that of one connection. */
  public ReadTime() {}

  /** Somebody wants to know, until {@link #unwanted}. On any thread. */
  public void wanted() {
    wanting.incrementAndGet();
  }

  /** Ends what {@link #wanted} began. On any thread. */
  public void unwanted() {
    wanting.decrementAndGet();
  }

  boolean isWanted() {
    return wanting.get() > 0;
  }

  /**
   * The socket has been found to be ready. On any thread.
   *
   * @param nanoTime when
   */
  public void ready(long nanoTime) {
    ready = nanoTime;
  }

  /** Reads may follow. */
  public void begin() {
    long known = ready;
    if (known != 0) {
      ready = 0;
      due = isWanted() ? known : 0;
    }
  }

  /** Something has been read just now. */
  public void hasRead() {
    if (isWanted()) {
      current = due == 0 ? System.nanoTime() : due;
      due = 0;
    }
  }

  /** There are no more reads. */
  public void end() {
    due = 0;
    current = 0;
  }

  /**
   * {@return when what is being dealt with was there to be read, as {@link System#nanoTime} counts;
   * 0 if nothing that was read is being dealt with} In tasks of the connection only.
   */
  public long nanoTime() {
    return current;
  }
}
