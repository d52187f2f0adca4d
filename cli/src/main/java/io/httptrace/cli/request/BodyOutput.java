package io.httptrace.cli.request;

import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.options.CommandOptions.Output;
import io.httptrace.cli.text.LocalFile;
import io.httptrace.cli.text.Printer;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
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

  private final String name;
  private final @Nullable Opener opener;
  private final BodyRules rules;
  private @Nullable AtomicLong count; // set before the request is made

  // Guarded by this: the client's threads write, the caller's thread finishes.
  private @Nullable OutputStream out;
  private @Nullable IOException failure;
  private boolean begun;
  private @Nullable Failure refusal;
  private int toCheck;

  private BodyOutput(String name, @Nullable Opener opener, boolean terminal, BodyRules rules) {
    this.name = name;
    this.opener = opener;
    this.toCheck = terminal ? CHECKED : 0;
    this.rules = rules;
  }

  /**
   * {@return an output}
   *
   * @param name the name of a file, {@code -} for standard output, or null to drop the body
   * @param stdout standard output
   * @param terminal whether a person reads standard output
   */
  public static BodyOutput to(@Nullable String name, Printer stdout, boolean terminal) {
    return to(name, stdout, terminal, BodyRules.NONE);
  }

  /**
   * {@return the output that options ask for}
   *
   * @param options where it goes, and what becomes of it
   * @param stdout standard output
   * @param terminal whether a person reads standard output
   */
  public static BodyOutput of(Output options, Printer stdout, boolean terminal) {
    return to(options.body(), stdout, terminal, BodyRules.of(options));
  }

  private static BodyOutput to(
      @Nullable String name, Printer stdout, boolean terminal, BodyRules rules) {
    if (name == null) {
      return new BodyOutput("", null, false, rules);
    }
    Opener opener =
        name.equals("-") ? stdout::stream : () -> Files.newOutputStream(new LocalFile(name).path());
    return new BodyOutput(name, opener, terminal && name.equals("-"), rules);
  }

  /**
   * {@return the handler of the body} A file is created when the head of the response arrives.
   *
   * @param soFar what has happened until then
   */
  BodyHandler<Void> handler(Supplier<Timeline> soFar) {
    return head -> {
      begin(head, soFar);
      BodySubscriber<Void> body =
          opener == null || rules.isDropped(head)
              ? BodySubscribers.discarding()
              : BodySubscribers.ofByteArrayConsumer(bytes -> bytes.ifPresent(this::write));
      return count == null ? body : new CountedBody(body, count);
    };
  }

  /**
   * {@return how many bytes have come, counted from now on} To be called before the request is
   * made.
   */
  public AtomicLong counted() {
    AtomicLong counted = new AtomicLong();
    count = counted;
    return counted;
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

  /** {@return the name of the file, or {@code -}; empty if the body is dropped} */
  public String name() {
    return name;
  }

  /** {@return why the body was not read, or null} */
  public synchronized @Nullable Failure refusal() {
    return refusal;
  }

  private synchronized void begin(ResponseInfo head, Supplier<Timeline> soFar) {
    begun = true;
    if (rules.isTooLong(head)) {
      String message = "the body is longer than --max-filesize allows: " + rules.maxSize();
      refusal = new Failure(ExitCode.FILE_SIZE, null, message);
      throw new IllegalStateException(message);
    }
    if (opener == null || (rules.isDropped(head) && !rules.include())) {
      return;
    }
    try {
      out = opener.open();
      if (rules.include()) {
        String text = HeadText.of(soFar.get(), rules.redaction());
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      }
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
