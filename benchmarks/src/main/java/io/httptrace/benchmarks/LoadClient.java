package io.httptrace.benchmarks;

import java.io.IOException;

/** A client that is under load: any number of threads call it, each waits for its response. */
interface LoadClient extends AutoCloseable {

  /**
   * Sends one GET and reads its response whole.
   *
   * @return the length of the body
   * @throws IOException if the exchange failed, or the status is not 200
   * @throws InterruptedException if the thread was interrupted
   */
  int get() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;

  /** Fails unless the status is 200. */
  static void requireOk(int status) throws IOException {
    if (status != 200) {
      throw new IOException("status " + status);
    }
  }
}
