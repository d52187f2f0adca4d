package io.httptrace.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the body of a response goes. */
final class BodyOutput {

  /** Opens what the body is written to. */
  @FunctionalInterface
  private interface Opener {
    OutputStream open() throws IOException;
  }

  private final @Nullable Opener opener;

  // Guarded by this: the client's threads write, the caller's thread finishes.
  private @Nullable OutputStream out;
  private @Nullable IOException failure;
  private boolean begun;

  private BodyOutput(@Nullable Opener opener) {
    this.opener = opener;
  }

  /**
   * {@return an output}
   *
   * @param name the name of a file, {@code -} for standard output, or null to drop the body
   * @param stdout standard output
   */
  static BodyOutput to(@Nullable String name, OutputStream stdout) {
    if (name == null) {
      return new BodyOutput(null);
    }
    return new BodyOutput(name.equals("-") ? () -> unclosable(stdout) : () -> create(name));
  }

  /** {@return what takes the body} A file is made when the head of the response has come. */
  BodyHandler<Void> handler() {
    return head -> {
      begin();
      return opener == null
          ? BodySubscribers.discarding()
          : BodySubscribers.ofByteArrayConsumer(bytes -> bytes.ifPresent(this::write));
    };
  }

  /** {@return whether the head of the response has come} */
  synchronized boolean begun() {
    return begun;
  }

  /** {@return why the body could not be written, or null} */
  synchronized @Nullable IOException failure() {
    return failure;
  }

  /** Ends the writing. What a cancelled request still delivers is dropped. */
  synchronized void finish() {
    if (out == null) {
      return;
    }
    try {
      out.close();
    } catch (IOException e) {
      if (failure == null) {
        failure = e;
      }
    }
    out = null;
  }

  private synchronized void begin() {
    begun = true;
    if (opener == null) {
      return;
    }
    try {
      out = opener.open();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private synchronized void write(byte[] bytes) {
    if (out == null) {
      return;
    }
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private synchronized UncheckedIOException failed(IOException e) {
    failure = e;
    return new UncheckedIOException(e);
  }

  private static OutputStream create(String name) throws IOException {
    try {
      return Files.newOutputStream(Path.of(name));
    } catch (InvalidPathException e) {
      throw new IOException("not a file name", e);
    }
  }

  private static OutputStream unclosable(OutputStream stdout) {
    return new FilterOutputStream(stdout) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }
}
