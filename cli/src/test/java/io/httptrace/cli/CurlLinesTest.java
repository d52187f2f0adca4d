package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CurlLine.Call;
import io.httptrace.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With the words of a line for curl the command sends what curl sends. */
final class CurlLinesTest {
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

  static List<CurlLine> pasted() throws IOException {
    return CurlLine.in("pasted.txt");
  }

  static Stream<CurlLine> pastedForCmd() throws IOException {
    return CurlLine.in("pasted-cmd.txt").stream().map(CurlLine::fromCmd);
  }

  static List<CurlLine> sending() throws IOException {
    return CurlLine.in("sending.txt");
  }

  @ParameterizedTest
  @MethodSource({"pasted", "pastedForCmd", "sending"})
  void theRequestIsThatOfCurl(CurlLine line) throws Exception {
    RecordingServer server = line.isHttp2() ? http2 : http1;
    Call call = line.call(server, directory);
    List<String> words = new ArrayList<>(List.of("-k"));
    words.addAll(call.words());

    CommandRun.Ended ended =
        CommandRun.with(
            Map.of("https_proxy", server.url()), call.stdin(), words.toArray(String[]::new));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(server.only().comparable()).isEqualTo(line.expected());
  }

  @Test
  void thereAreTwentyFromBrowsers() throws Exception {
    assertThat(Stream.concat(pasted().stream(), pastedForCmd())).hasSizeGreaterThanOrEqualTo(20);
  }

  @Test
  void pastedIntoAShellTheyWorkUnchanged() throws Exception {
    Launched launched = Launched.in(directory);
    for (String start :
        new String[] {"Chrome: JSON with", "Firefox: a multipart", "Safari: JSON"}) {
      CurlLine line =
          pasted().stream().filter(one -> one.title().startsWith(start)).findFirst().orElseThrow();
      RecordingServer server = line.isHttp2() ? http2 : http1;

      Launched.Ended ended =
          launched.run(
              "LC_ALL=C.UTF-8; https_proxy=" + server.url() + "; export https_proxy LC_ALL\n",
              "curl() { httptrace -k \"$@\"; }\n" + line.line());

      assertThat(ended.err()).isEmpty();
      assertThat(ended.exitCode()).isZero();
      assertThat(server.only().comparable()).isEqualTo(line.expected());
    }
  }
}
