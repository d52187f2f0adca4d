package io.httptrace.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the body of a response goes. */
final class BodyOutput implements AutoCloseable {

  /** Opens what the body is written to. */
  @FunctionalInterface
  private interface Opener {
    OutputStream open() throws IOException;
  }

  private final @Nullable Opener opener;

  // Written by the client's threads.
  private volatile @Nullable OutputStream out;
  private volatile @Nullable IOException failure;
  private volatile boolean begun;

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
    if (opener == null) {
      return head -> {
        begun = true;
        return BodyHandlers.discarding().apply(head);
      };
    }
    return head -> {
      begun = true;
      open(opener);
      return BodySubscribers.ofByteArrayConsumer(this::write);
    };
  }

  /** {@return whether the head of the response has come} */
  boolean begun() {
    return begun;
  }

  /** {@return why the body could not be written, or null} */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public void close() {
    OutputStream opened = out;
    if (opened == null) {
      return;
    }
    try {
      opened.close();
    } catch (IOException e) {
      if (failure == null) {
        failure = e;
      }
    }
  }

  private void open(Opener how) {
    try {
      out = how.open();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void write(Optional<byte[]> bytes) {
    OutputStream opened = out;
    if (opened == null || bytes.isEmpty()) {
      return;
    }
    try {
      opened.write(bytes.get());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UncheckedIOException failed(IOException e) {
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
