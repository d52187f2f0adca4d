package io.httptrace.client.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.AsciiString;
import org.junit.jupiter.api.Test;

class AsciiStringCacheTest {
  private final AsciiStringCache words = new AsciiStringCache();

  /** {@return the word read, to be told from others} */
  private Object read(String word) {
    byte[] line = ("<" + word + ">").getBytes(ISO_8859_1);
    AsciiString found = words.at(line, 1, word.length());
    assertThat(found.toString()).isEqualTo(word);
    return found;
  }

  @Test
  void aWordThatComesAgainIsMadeOnce() {
    Object first = read("Content-Type");
    read("Content-Length");

    assertThat(read("Content-Type")).isSameAs(first);
  }

  @Test
  void aWordIsSpelledAsItCame() {
    assertThat(read("ETag")).isNotSameAs(read("etag"));
    read("");
    read("caf\u00e9");
  }

  @Test
  void thereIsNoEndToTheWordsOfAServer() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 1_000; i++) {
        read("X-" + i);
      }
    }
    read("x".repeat(10_000));
  }

  @Test
  void aWordDoesNotChangeWithTheBytesItWasReadFrom() {
    byte[] line = "Date".getBytes(ISO_8859_1);
    AsciiString word = words.at(line, 0, 4);
    line[0] = 'L';

    assertThat(word.toString()).isEqualTo("Date");
  }
}
