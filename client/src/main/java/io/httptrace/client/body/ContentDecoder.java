package io.httptrace.client.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Undoes a content coding (RFC 9110, section 8.4), piece by piece. */
public interface ContentDecoder {

  /**
   * Decodes a piece of the input, a small one so that little input cannot become too much output at
   * a time.
   *
   * @param input the input; what has been used is consumed
   * @param output gets what comes out
   * @throws IOException if the input is not well-formed
   */
  void decode(ByteBuffer input, Consumer<ByteBuffer> output) throws IOException;

  /**
   * Says that there is no more input.
   *
   * @throws IOException if the input stops in the middle
   */
  void end() throws IOException;

  /** Frees what it holds; may be called more than once. */
  void close();
}
