package io.httptrace.conformance.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.httptrace.conformance.time.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/**
 * What is printed on standard output while this is open, from whatever thread. It is kept from the
 * real one. There is one standard output: open one at a time.
 */
public final class CapturedOutput implements AutoCloseable {
  private final Bytes bytes = new Bytes();
  private final PrintStream before = System.out;

  /** Begins to capture. */
  public CapturedOutput() {
    System.setOut(new PrintStream(bytes, true, UTF_8));
  }

  /** {@return what has been printed so far} */
  public String text() {
    return bytes.toString(UTF_8);
  }

  /**
   * Waits until something has been printed, for a program that goes on before.
   *
   * @param part what it contains
   * @return what has been printed so far
   * @throws AssertionError if it is not within {@link Waiting#LIMIT}
   * @throws InterruptedException if the thread is interrupted
   */
  public String await(String part) throws InterruptedException {
    synchronized (bytes) {
      if (!Waiting.until(bytes, () -> text().contains(part), Waiting.LIMIT)) {
        throw new AssertionError("no " + part + " in " + text());
      }
      return text();
    }
  }

  /** Ends the capture. */
  @Override
  public void close() {
    System.setOut(before);
  }

  private static final class Bytes extends ByteArrayOutputStream {
    @Override
    public synchronized void write(int b) {
      super.write(b);
      notifyAll();
    }

    @Override
    public synchronized void write(byte[] b, int offset, int length) {
      super.write(b, offset, length);
      notifyAll();
    }
  }
}
