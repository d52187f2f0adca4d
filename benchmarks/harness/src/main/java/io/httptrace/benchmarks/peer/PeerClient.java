package io.httptrace.benchmarks.peer;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * A client that is measured. One instance lives in one process and serves one workload. It has a
 * public constructor that takes a {@link PeerConfig}.
 *
 * <p>A request fails unless the status is 200, and has read the whole body when it ends. Requests
 * come from many threads. They throw what the client throws.
 */
public interface PeerClient extends AutoCloseable {

  /** {@return the body of a GET, which blocks} */
  byte[] get(String path) throws Exception;

  /** {@return the body of the response to a POST, which blocks} */
  byte[] post(String path, byte[] body) throws Exception;

  /** {@return how long the body of a GET is, which is streamed and thrown away} It blocks. */
  long download(String path) throws Exception;

  /** {@return how long the body of a GET is, once it has been read into an array} */
  default CompletableFuture<Integer> getAsync(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  void close() throws IOException;
}
