package io.httptrace.client.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.body.ContentDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A body that is decoded on its way to the subscriber. */
class DecodedBodyTest extends Reading {
  /** Doubles each byte, and takes {@code !} for broken input. */
  private static final class Doubling implements ContentDecoder {
    boolean closed;
    boolean incomplete;

    @Override
    public void decode(ByteBuffer input, Consumer<ByteBuffer> output) throws IOException {
      byte next = input.get();
      if (next == '!') {
        throw new IOException("broken");
      }
      output.accept(ByteBuffer.wrap(new byte[] {next, next}));
    }

    @Override
    public void end() throws IOException {
      if (incomplete) {
        throw new IOException("incomplete");
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private void decoding(Doubling decoder, String input, boolean ends) {
    Reader decoded = reader(decoder);
    decoded.start();
    subscriber.request(Long.MAX_VALUE);
    decoded.offer(ByteBuffer.wrap(input.getBytes(UTF_8)));
    decoded.flush();
    if (ends) {
      decoded.end();
      decoded.flush();
    }
    log.removeIf(event -> event.equals("read"));
  }

  @Test
  void aDecoderStandsBetween() {
    Doubling decoder = new Doubling();
    decoding(decoder, "abc", true);

    assertThat(log).containsExactly("subscribed", "aa", "bb", "cc", "ending", "complete");
    assertThat(decoder.closed).isTrue();
  }

  @Test
  void aDecoderIsAskedForNoMoreThanTheSubscriberAsks() {
    Reader decoded = reader(new Doubling());
    decoded.start();
    subscriber.request(1);
    decoded.offer(ByteBuffer.wrap("abc".getBytes(UTF_8)));
    decoded.flush();

    assertThat(log).containsExactly("subscribed", "read", "aa");
  }

  @Test
  void brokenCodingFailsTheBody() {
    Doubling decoder = new Doubling();
    decoding(decoder, "a!c", true);

    assertThat(log).containsExactly("subscribed", "aa", "error broken", "failed broken");
    assertThat(decoder.closed).isTrue();
  }

  @Test
  void incompleteCodingFailsTheBody() {
    Doubling decoder = new Doubling();
    decoder.incomplete = true;
    decoding(decoder, "a", true);

    assertThat(log).containsExactly("subscribed", "aa", "error incomplete", "failed incomplete");
  }
}
