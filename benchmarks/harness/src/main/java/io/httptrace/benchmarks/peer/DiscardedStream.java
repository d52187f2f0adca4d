package io.httptrace.benchmarks.peer;

import java.io.IOException;
import java.io.InputStream;

/** Reads a stream and throws away what it reads. */
public final class DiscardedStream {
  private static final ThreadLocal<byte[]> BUFFER = ThreadLocal.withInitial(() -> new byte[65536]);

  private DiscardedStream() {}

  /** {@return how many bytes there were up to the end of a stream} */
  public static long of(InputStream in) throws IOException {
    byte[] buffer = BUFFER.get();
    long count = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      count += read;
    }
    return count;
  }
}
