package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of requests that are really made. */
final class HtmlTest {
  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("a.html");
  }

  private static Stream<String> headings(String html) {
    return Pattern.compile("<h2[^>]*>(.*?)</h2>")
        .matcher(html)
        .results()
        .map(MatchResult::group)
        .map(heading -> heading.replaceAll("<[^>]*>", ""));
  }

  @Test
  void thePageHasAllRequestsAndThePictureIsPrintedAsWell() throws Exception {
    Ended ended = CommandRun.of("--html", file().toString());
    String html = Files.readString(file());

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("Cold: on a new connection\n");
    assertThat(headings(html))
        .hasSize(2)
        .allSatisfy(heading -> assertThat(heading).startsWith("GET https://demo.localhost:"));
    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .contains(">TLS handshake with the server<", ">Valid until<", "CN=");
  }

  @Test
  void aRequestThatFailedIsShownToo() throws Exception {
    Ended ended = CommandRun.of("--html", file().toString(), "http://127.0.0.1:1/");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.CONNECT);
    assertThat(Files.readString(file())).contains(">failed in connect: Connection refused");
  }

  @Test
  void onStandardOutputItIsAlone() {
    try (Site site = Site.of(head -> Site.ok("hello\n"))) {
      Ended ended = CommandRun.of("--html", "-", site.url("/"));

      assertThat(ended.out()).startsWith("<!DOCTYPE html>\n").endsWith("</html>\n");
      assertThat(headings(ended.out())).containsExactly("GET " + site.url("/"));
      assertThat(ended.err()).startsWith("GET " + site.url("/") + "\n200 HTTP/1.1, ");
    }
  }

  @Test
  void secretsAreMaskedUnlessTheyAreToBeShown() {
    try (Site site = Site.of(head -> Site.ok("", "Set-Cookie: a=SECRET", "X: <b>&'\""))) {
      String[] args = {
        "-H", "Cookie: id=SECRET", "-u", "me:SECRET", "--html", "-", site.url("/?token=SECRET")
      };
      assertThat(CommandRun.of(args).out())
          .contains("/?token=***", "&lt;b&gt;&amp;&#39;&quot;")
          .doesNotContain("SECRET", "<b>&");
      assertThat(
              CommandRun.of(
                      Stream.concat(Stream.of("--show-secrets"), Stream.of(args))
                          .toArray(String[]::new))
                  .out())
          .contains("/?token=SECRET", "id=SECRET", "a=SECRET");
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsAnError() {
    Path nowhere = directory.resolve("missing").resolve("a.html");
    try (Site site = Site.of(head -> Site.ok("hello\n"))) {
      Ended ended = CommandRun.of("--html", nowhere.toString(), site.url("/"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.WRITE_ERROR);
      assertThat(ended.err())
          .isEqualTo(
              "httptrace: --html: cannot write '" + nowhere + "': no such file or directory\n");
    }
  }
}
