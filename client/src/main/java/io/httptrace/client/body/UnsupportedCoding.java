package io.httptrace.client.body;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.ResponseException.Reason;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Fails at the first byte.
 *
 * @param coding what is not undone
 */
record UnsupportedCoding(String coding) implements ContentDecoder {
  @Override
  public void decode(ByteBuffer input, Consumer<ByteBuffer> output) throws ResponseException {
    if (input.hasRemaining()) {
      throw ResponseException.of(Reason.BAD_CONTENT_CODING, coding);
    }
  }

  @Override
  public void end() {}

  @Override
  public void close() {}
}
