package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link CurlLinesTest} expects is what the curl that is installed sends. */
@Tag("servers")
final class CurlItselfTest {
  private static RecordingServer http1;
  private static RecordingServer http2;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    http1 = RecordingServer.http1();
    http2 = RecordingServer.http2();
  }

  @AfterAll
  static void stop() {
    http1.close();
    http2.close();
  }

  static Stream<CurlLine> lines() throws IOException {
    return Stream.of(
            CurlLinesTest.pasted(), CurlLinesTest.pastedForCmd().toList(), CurlLinesTest.sending())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void curlSendsThat(CurlLine line) throws Exception {
    RecordingServer server = line.isHttp2() ? http2 : http1;

    line.run("curl() { command curl -q -sS -k \"$@\"; }", server, directory);

    assertThat(server.only().comparable()).isEqualTo(line.expected());
  }
}
