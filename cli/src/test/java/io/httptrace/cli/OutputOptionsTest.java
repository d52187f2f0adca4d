package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -i -s -S -f -O --max-filesize}, and several URLs. */
final class OutputOptionsTest {
  private final Site site =
      Site.of(
          head ->
              switch (Site.path(head)) {
                case "/missing" -> Site.response("404 Not Found", "no such page\n");
                case "/moved" -> Site.redirect(302, "/", "Set-Cookie: id=SECRET");
                default -> Site.ok("hello\n", "X-B: 2", "x-a: 1", "X-B: 3");
              });

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void silenceLeavesTheMessagesOut() {
    assertThat(CommandRun.of("-s", "http://127.0.0.1:1/"))
        .satisfies(ended -> assertThat(ended.exitCode()).isEqualTo(ExitCode.CONNECT))
        .satisfies(ended -> assertThat(ended.err()).isEmpty())
        .satisfies(ended -> assertThat(ended.out()).contains("\nfailed in connect\n"));
    assertThat(CommandRun.of("-sS", "http://127.0.0.1:1/").err())
        .startsWith("httptrace: connect failed after ");
  }

  @Test
  void silenceLeavesOnlyTheBodyOfStandardOutput() {
    assertThat(CommandRun.of("-s", "-o", "-", site.url("/")))
        .isEqualTo(new Ended(ExitCode.OK, "hello\n", ""));
    assertThat(CommandRun.of("-s", "-w", "%{http_code}", site.url("/")))
        .isEqualTo(new Ended(ExitCode.OK, "200", ""));
    assertThat(CommandRun.of("-s", "-o", "-", "-w", "[%{http_code}]", site.url("/")))
        .isEqualTo(new Ended(ExitCode.OK, "hello\n[200]", ""));
  }

  @Test
  void theTextComesAfterThePicture() {
    assertThat(CommandRun.of("-w", "%{http_code}\\n", site.url("/")).out())
        .startsWith("GET " + site.url("/") + "\n200 HTTP/1.1, body 6 bytes\n")
        .endsWith("\n200\n");
  }

  @Test
  void theHeadIsWrittenBeforeTheBody() {
    assertThat(CommandRun.of("-s", "-i", "-o", "-", site.url("/")).out())
        .isEqualTo(
            "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nx-a: 1\r\nX-B: 2\r\nX-B: 3\r\n\r\nhello\n");
  }

  @Test
  void theHeadsOfRedirectsAreWrittenTooAndMasked() {
    assertThat(CommandRun.of("-siL", "-o", "-", site.url("/moved")).out())
        .isEqualTo(
            String.join(
                "\r\n",
                "HTTP/1.1 302 Found",
                "Content-Length: 0",
                "Location: /",
                "Set-Cookie: ***",
                "",
                "HTTP/1.1 200 OK",
                "Content-Length: 6",
                "x-a: 1",
                "X-B: 2",
                "X-B: 3",
                "",
                "hello\n"));
    assertThat(CommandRun.of("-si", "--show-secrets", "-o", "-", site.url("/moved")).out())
        .contains("Set-Cookie: id=SECRET\r\n");
  }

  @Test
  void aStatusCanBeAFailure() {
    Ended dropped = CommandRun.of("-f", "-o", "-", site.url("/missing"));
    Ended kept = CommandRun.of("--fail-with-body", "-o", "-", site.url("/missing"));
    Ended fine = CommandRun.of("-f", "-o", "-", site.url("/"));

    assertThat(dropped.exitCode()).isEqualTo(ExitCode.HTTP_STATUS);
    assertThat(dropped.out()).isEmpty();
    assertThat(dropped.err())
        .startsWith("GET " + site.url("/missing") + "\n404 HTTP/1.1, body 13 bytes\n")
        .endsWith("\nhttptrace: the status of the response is 404\n");
    assertThat(kept.exitCode()).isEqualTo(ExitCode.HTTP_STATUS);
    assertThat(kept.out()).isEqualTo("no such page\n");
    assertThat(fine.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(fine.out()).isEqualTo("hello\n");
    assertThat(CommandRun.of(site.url("/missing")).exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aBodyThatIsDroppedMakesNoFile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("body");

    CommandRun.of("-f", "-o", file.toString(), site.url("/missing"));
    assertThat(file).doesNotExist();
    CommandRun.of("-if", "-o", file.toString(), site.url("/missing"));
    assertThat(Files.readString(file))
        .isEqualTo("HTTP/1.1 404 Not Found\r\nContent-Length: 13\r\n\r\n");
  }

  @Test
  void aLongBodyIsNotRead(@TempDir Path directory) {
    Path file = directory.resolve("body");
    Ended ended = CommandRun.of("--max-filesize", "5", "-o", file.toString(), site.url("/"));

    assertThat(ended.exitCode()).isEqualTo(ExitCode.FILE_SIZE);
    assertThat(ended.err())
        .isEqualTo("httptrace: the body is longer than --max-filesize allows: 5\n");
    assertThat(ended.out()).contains("\n200 HTTP/1.1, ");
    assertThat(file).doesNotExist();
    assertThat(CommandRun.of("--max-filesize", "6", site.url("/")).exitCode())
        .isEqualTo(ExitCode.OK);
    assertThat(CommandRun.of("--max-filesize", "0", site.url("/")).exitCode())
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void severalUrlsShareTheConnection(@TempDir Path directory) throws Exception {
    Path first = directory.resolve("1");
    Path second = directory.resolve("2");
    Ended ended =
        CommandRun.of(
            "-o",
            first.toString(),
            site.url("/a"),
            "-o",
            second.toString(),
            site.url("/missing"),
            "-w",
            "<%{urlnum} %{num_connects} %{filename_effective}>\\n");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(ended.out())
        .contains("<0 1 " + first + ">\n\nGET " + site.url("/missing") + "\n404 ")
        .contains("connection #1 reused, ")
        .endsWith("\n<1 0 " + second + ">\n");
    assertThat(Files.readString(first)).isEqualTo("hello\n");
    assertThat(Files.readString(second)).isEqualTo("no such page\n");
    assertThat(site.asked()).isEqualTo(List.of("GET /a", "GET /missing"));
  }

  @Test
  void theExitCodeIsThatOfTheLastUrl() {
    assertThat(CommandRun.of("http://127.0.0.1:1/", site.url("/")).exitCode())
        .isEqualTo(ExitCode.OK);
    assertThat(CommandRun.of(site.url("/"), "http://127.0.0.1:1/").exitCode())
        .isEqualTo(ExitCode.CONNECT);
  }
}
