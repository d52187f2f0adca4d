package io.httptrace.client.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.body.ContentCodings;
import io.httptrace.client.body.ContentDecoder;
import io.httptrace.client.http.TokenList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the table "Content codings" in {@code docs/peer-input.md}. */
class ContentCodingsTest extends Reading {
  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(content);
    }
    return compressed.toByteArray();
  }

  /** Delivers a body in two pieces. */
  private void deliver(ContentDecoder decoder, byte[] body, int cut) {
    Reader decoded = reader(decoder);
    decoded.start();
    subscriber.request(Long.MAX_VALUE);
    decoded.offer(ByteBuffer.wrap(Arrays.copyOf(body, cut)));
    decoded.flush();
    decoded.offer(ByteBuffer.wrap(Arrays.copyOfRange(body, cut, body.length)));
    decoded.end();
    decoded.flush();
    log.removeIf(event -> event.equals("read"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZip", "x-gzip", " X-GZIP ", "identity, gzip", ",gzip,,"})
  void gzipIsUndoneByAllItsNames(String value) throws IOException {
    deliver(decoder(value), gzip("hello".getBytes(UTF_8)), 3);

    assertThat(log).containsExactly("subscribed", "hello", "ending", "complete");
  }

  @Test
  void gzipAppliedTwiceIsUndoneTwiceWhereverItIsCut() throws IOException {
    byte[] twice = gzip(gzip("hello".getBytes(UTF_8)));
    for (int cut = 0; cut <= twice.length; cut++) {
      log.clear();
      deliver(decoder("gzip", "x-gzip"), twice, cut);

      assertThat(String.join("", log))
          .as("cut at %s", cut)
          .isEqualTo("subscribedhelloendingcomplete");
    }
  }

  /** More than a decoder makes at a time comes of a single piece. */
  @Test
  void muchMayComeOfLittle() throws IOException {
    byte[] content = "0123456789".repeat(20_000).getBytes(UTF_8);
    byte[] twice = gzip(gzip(content));
    deliver(decoder("gzip, gzip"), twice, twice.length);

    assertThat(String.join("", log.subList(1, log.size() - 2)))
        .isEqualTo(new String(content, UTF_8));
    assertThat(log).endsWith("ending", "complete");
  }

  @Test
  void aBodyThatIsCutOffInsideIsNotComplete() throws IOException {
    byte[] once = gzip("hello".getBytes(UTF_8));
    byte[] twice = gzip(Arrays.copyOf(once, once.length - 4));
    deliver(decoder("gzip, gzip"), twice, 5);

    String error = "unsupported content coding: the body ends in the middle";
    assertThat(log).endsWith("error " + error, "failed " + error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "x", "gzip, br", "br, gzip"})
  void whatCannotBeUndoneFails(String value) {
    deliver(decoder(value), "hello".getBytes(UTF_8), 3);

    String coding = value.replace("gzip", "").replace(", ", "");
    String error = "unsupported content coding: " + coding;
    assertThat(log).containsExactly("subscribed", "error " + error, "failed " + error);
  }

  @Test
  void threeCodingsAreTooMany() {
    deliver(decoder("gzip, gzip, gzip"), "hello".getBytes(UTF_8), 3);

    String error = "unsupported content coding: more than 2 codings";
    assertThat(log).containsExactly("subscribed", "error " + error, "failed " + error);
  }

  @Test
  void nothingIsNothingInAnyCoding() {
    deliver(decoder("br"), new byte[0], 0);

    assertThat(log).containsExactly("subscribed", "ending", "complete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Identity", " , identity"})
  void whatIsNotCodedIsDeliveredAsItComes(String value) {
    assertThat(ContentCodings.decoder(TokenList.of(List.of(value)))).isNull();
  }

  private static ContentDecoder decoder(String... values) {
    ContentDecoder decoder = ContentCodings.decoder(TokenList.of(List.of(values)));
    if (decoder == null) {
      throw new AssertionError("nothing to undo");
    }
    return decoder;
  }
}
