package io.httptrace.cli.text;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes text to a stream, as UTF-8 in any locale, and remembers the first failure: after it
 * nothing more is written, and {@link #failure} returns it.
 */
public final class Printer {
  private final OutputStream out;
  private final CompletableFuture<IOException> failed = new CompletableFuture<>();

  /**
   * Makes a printer.
   *
   * @param out the stream, which must not buffer
   */
  public Printer(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes a text in one call.
   *
   * @param text the text
   */
  public void print(String text) {
    write(Octets.encode(text));
  }

  /**
   * Writes a line in one call.
   *
   * @param line the line, without its end
   */
  public void println(String line) {
    print(line + "\n");
  }

  /**
   * Writes octets.
   *
   * @param octets the octets
   */
  public void write(byte[] octets) {
    try {
      writeOrThrow(octets, 0, octets.length);
    } catch (IOException e) {
      // It is kept: see failure().
    }
  }

  private synchronized void writeOrThrow(byte[] octets, int offset, int length) throws IOException {
    IOException before = failure();
    if (before != null) {
      throw before;
    }
    try {
      out.write(octets, offset, length);
      out.flush();
    } catch (IOException e) {
      failed.complete(e);
      throw e;
    }
  }

  /** {@return a stream that writes here and throws the failure} Closing it does nothing. */
  public OutputStream stream() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] octets, int offset, int length) throws IOException {
        writeOrThrow(octets, offset, length);
      }
    };
  }

  /** {@return why writing has failed, or null if it has not} */
  public @Nullable IOException failure() {
    return failed.getNow(null);
  }

  /** {@return a future that completes when writing fails, on the thread that writes} */
  public CompletableFuture<IOException> failed() {
    return failed;
  }
}
