package io.httptrace.conformance.body;

import io.httptrace.conformance.error.BodyFailedException;
import io.httptrace.conformance.time.Gate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One pass over the bytes of a request body. Used by one thread at a time. */
final class BodySource {
  private static final int CHUNK = 8192;

  private final byte[] content;
  private final int pauseAfter;
  private final @Nullable Gate pause;
  private final int failAfter;
  private int position;

  BodySource(byte[] content, int pauseAfter, @Nullable Gate pause, int failAfter) {
    this.content = content;
    this.pauseAfter = pauseAfter;
    this.pause = pause;
    this.failAfter = failAfter;
  }

  /** {@return the gate that holds up the next byte, or null} */
  @Nullable Gate closedGate() {
    return pause != null && position == pauseAfter && !pause.isOpen() ? pause : null;
  }

  /** {@return whether the end has been reached} */
  boolean atEnd() {
    return position == content.length;
  }

  /**
   * {@return the next bytes, up to where the body pauses or fails}
   *
   * @param max how many at most
   * @throws BodyFailedException where the body fails
   */
  byte[] next(int max) throws BodyFailedException {
    if (position == failAfter) {
      throw new BodyFailedException();
    }
    int end = Math.min(content.length, position + Math.min(max, CHUNK));
    end = position < pauseAfter ? Math.min(end, pauseAfter) : end;
    end = Math.min(end, failAfter);
    byte[] bytes = Arrays.copyOfRange(content, position, end);
    position = end;
    return bytes;
  }
}
