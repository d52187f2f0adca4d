package io.httptrace.conformance.body;

import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** A request body as a stream that blocks. */
final class BodyInputStream extends InputStream {
  private final BodySource source;

  BodyInputStream(BodySource source) {
    this.source = source;
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
    Gate gate = source.closedGate();
    if (gate != null) {
      pass(gate);
    }
    if (source.atEnd()) {
      return -1;
    }
    byte[] bytes = source.next(length);
    System.arraycopy(bytes, 0, buffer, offset, bytes.length);
    return bytes.length;
  }

  private static void pass(Gate gate) throws InterruptedIOException {
    try {
      if (!gate.await(Waiting.LIMIT)) {
        throw new InterruptedIOException("the request body was not resumed");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the request body paused");
    }
  }
}
