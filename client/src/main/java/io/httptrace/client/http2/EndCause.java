package io.httptrace.client.http2;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * What ends a connection, or keeps it from new streams so that it will end. Written on the event
 * loop, read on any thread.
 */
final class EndCause {
  private volatile boolean retired;
  private volatile boolean stalled;
  private volatile @Nullable Throwable failure;

  // Used by the event loop only.
  private @Nullable Throwable writeError;

  /** There are to be no new streams: no request is answered. */
  void retire() {
    retired = true;
  }

  boolean isRetired() {
    return retired;
  }

  /** What is to be written has to wait for the server to read, or has not. */
  void stalled(boolean now) {
    stalled = now;
  }

  boolean isStalled() {
    return stalled;
  }

  /**
   * Something could not be written; if that is not for one stream alone, the channel ends. That it
   * was closed before says nothing of who has closed it.
   */
  void writeFailed(Throwable error) {
    if (writeError == null
        && error instanceof IOException
        && !(error instanceof ClosedChannelException)) {
      writeError = error;
    }
  }

  /** The channel has ended. */
  void ended() {
    if (failure == null) {
      failure = writeError;
    }
  }

  /** The connection has failed. The first error counts. */
  void failed(Throwable error) {
    if (failure == null) {
      failure = error;
    }
  }

  /** {@return what the connection has failed with, or null} */
  @Nullable Throwable failure() {
    return failure;
  }

  /** {@return what has ended the connection, or will when its last stream ends; null if nothing} */
  @Nullable Throwable get() {
    if (retired) {
      return new IOException("the server answers PINGs but no requests");
    }
    Throwable known = failure;
    return known == null && stalled ? new IOException("the server does not read") : known;
  }
}
