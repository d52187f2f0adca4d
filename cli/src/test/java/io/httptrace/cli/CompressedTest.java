package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** {@code --compressed}. */
final class CompressedTest {

  private static String gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void asksForGzipAndUndoesIt() throws Exception {
    String body = gzip("hello".repeat(20));
    try (Site site = Site.of(head -> Site.ok(body, "Content-Encoding: gzip"))) {
      Ended ended = CommandRun.of("--compressed", "-o", "-", site.url("/"));

      assertThat(ended.out()).isEqualTo("hello".repeat(20));
      assertThat(site.sent("Accept-Encoding")).containsExactly(List.of("gzip"));
    }
  }

  @Test
  void withoutTheOptionNothingIsUndone() throws Exception {
    try (Site site = Site.of(head -> Site.ok("raw", "Content-Encoding: gzip"))) {
      Ended ended = CommandRun.of("-o", "-", site.url("/"));

      assertThat(ended.out()).isEqualTo("raw");
      assertThat(site.sent("Accept-Encoding")).containsExactly(List.of());
    }
  }
}
