package io.httptrace.cli.request;

import io.httptrace.cli.text.LocalFile;
import io.httptrace.cli.text.Printer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Where the body of a response goes. */
public final class BodyOutput {

  /** Opens the stream for the body. */
  @FunctionalInterface
  private interface Opener {
    OutputStream open() throws IOException;
  }

  /** How many bytes are checked for binary content, as by curl. */
  private static final int CHECKED = 2000;

  private final @Nullable Opener opener;

  // Guarded by this: the client's threads write, the caller's thread finishes.
  private @Nullable OutputStream out;
  private @Nullable IOException failure;
  private boolean begun;
  private int toCheck;

  private BodyOutput(@Nullable Opener opener, boolean terminal) {
    this.opener = opener;
    this.toCheck = terminal ? CHECKED : 0;
  }

  /**
   * {@return an output}
   *
   * @param name the name of a file, {@code -} for standard output, or null to drop the body
   * @param stdout standard output
   * @param terminal whether a person reads standard output
   */
  public static BodyOutput to(@Nullable String name, Printer stdout, boolean terminal) {
    if (name == null) {
      return new BodyOutput(null, false);
    }
    return name.equals("-")
        ? new BodyOutput(stdout::stream, terminal)
        : new BodyOutput(() -> Files.newOutputStream(new LocalFile(name).path()), false);
  }

  /** {@return the handler of the body} A file is created when the head of the response arrives. */
  BodyHandler<Void> handler() {
    return head -> {
      begin();
      return opener == null
          ? BodySubscribers.discarding()
          : BodySubscribers.ofByteArrayConsumer(bytes -> bytes.ifPresent(this::write));
    };
  }

  /** {@return whether the head of the response has arrived} */
  synchronized boolean begun() {
    return begun;
  }

  /** {@return why the body could not be written, or null} */
  public synchronized @Nullable IOException failure() {
    return failure;
  }

  /** Ends the writing. Bytes that a cancelled request still delivers are dropped. */
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
      check(bytes);
      out.write(bytes);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private synchronized UncheckedIOException failed(IOException e) {
    failure = e;
    return new UncheckedIOException(e);
  }

  /** Refuses binary content on a terminal: text has no NUL in it. */
  private void check(byte[] bytes) throws IOException {
    if (toCheck <= 0) {
      return;
    }
    for (byte octet : bytes) {
      if (octet == 0) {
        throw new IOException(
            "binary output can mess up your terminal; -o FILE keeps it in a file, and"
                + " -o /dev/stdout shows it all the same");
      }
    }
    toCheck -= bytes.length;
  }
}
