package io.httptrace.client.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Undoes a content coding (RFC 9110, section 8.4), piece by piece. */
public interface ContentDecoder {

  /**
   * Decodes until there is some output or no more input, and no further: little input can become
   * very much output.
   *
   * @param input the input; what has been used is consumed
   * @param output gets what comes out, once at the most
   * @throws IOException if the input is not well-formed
   */
  void decode(ByteBuffer input, Consumer<ByteBuffer> output) throws IOException;

  /** {@return whether there may be output without more input} */
  default boolean hasMore() {
    return false;
  }

  /**
   * Says that there is no more input.
   *
   * @throws IOException if the input stops in the middle
   */
  void end() throws IOException;

  /** Frees what it holds; may be called more than once. */
  void close();
}
