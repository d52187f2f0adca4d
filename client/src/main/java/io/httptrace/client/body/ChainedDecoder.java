package io.httptrace.client.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Undoes one coding after the other. */
final class ChainedDecoder implements ContentDecoder {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ContentDecoder outer;
  private final ContentDecoder inner;

  /** What the outer decoder has made, and the inner one has not taken. */
  private ByteBuffer between = NOTHING;

  private boolean produced;

  ChainedDecoder(ContentDecoder outer, ContentDecoder inner) {
    this.outer = outer;
    this.inner = inner;
  }

  @Override
  public void decode(ByteBuffer input, Consumer<ByteBuffer> output) throws IOException {
    produced = false;
    while (!produced && (between.hasRemaining() || input.hasRemaining())) {
      if (between.hasRemaining()) {
        inner.decode(
            between,
            piece -> {
              produced = true;
              output.accept(piece);
            });
      } else {
        outer.decode(input, piece -> between = piece);
      }
    }
  }

  @Override
  public boolean hasMore() {
    return between.hasRemaining();
  }

  @Override
  public void end() throws IOException {
    outer.end();
    inner.end();
  }

  @Override
  public void close() {
    between = NOTHING;
    outer.close();
    inner.close();
  }
}
