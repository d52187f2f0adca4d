package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.Launched.Ended;
import io.httptrace.cli.text.LocalFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a script gets from the real launcher: bytes, files, and the exit status. */
final class ScriptsLauncherTest {
  private final AtomicInteger busy = new AtomicInteger(1);
  private final Site site =
      Site.of(
          head ->
              switch (Site.path(head)) {
                case "/missing" -> Site.response("404 Not Found", "no such page\n");
                case "/busy" ->
                    busy.getAndDecrement() > 0
                        ? Site.response("503 Busy", "busy\n")
                        : Site.ok("done\n");
                default -> Site.ok("hello\n", "X-A: 1");
              });

  @TempDir Path directory;
  private Launched launched;

  @BeforeEach
  void makeTree() throws Exception {
    launched = Launched.in(directory);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void theStatusIsTheExitStatusIfAskedFor() throws Exception {
    Ended ended =
        launched.run(
            "httptrace -sSf -o body -w '%{http_code} %{exitcode}\\n%{onerror}%{stderr}failed\\n' "
                + site.url("/missing"));

    assertThat(ended)
        .isEqualTo(
            new Ended(22, "404 22\n", "httptrace: the status of the response is 404\nfailed\n"));
    assertThat(directory.resolve("body")).doesNotExist();
  }

  @Test
  void theHeadIsBeforeTheBody() throws Exception {
    assertThat(launched.run("httptrace -si -o - " + site.url("/")))
        .isEqualTo(
            new Ended(0, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nX-A: 1\r\n\r\nhello\n", ""));
  }

  @Test
  void eachUrlHasAFileNamedLikeIt() throws Exception {
    Ended ended =
        launched.run(
            "httptrace -s -O -O -w '%{urlnum} %{filename_effective}\\n' "
                + site.url("/a/$'\\xc3\\xa9.txt'?q")
                + " "
                + site.url("/b"));

    assertThat(ended).isEqualTo(new Ended(0, "0 \u00e9.txt\n1 b\n", ""));
    assertThat(Files.readString(new LocalFile(directory + "/\u00e9.txt").path()))
        .isEqualTo("hello\n");
    assertThat(Files.readString(directory.resolve("b"))).isEqualTo("hello\n");
    assertThat(site.asked()).containsExactly("GET /a/%C3%A9.txt?q", "GET /b");
  }

  @Test
  void optionsComeFromTheOwnFileAndFromStandardInput() throws Exception {
    Files.writeString(
        directory.resolve(".httptracerc"),
        "user-agent = \"m\u00e9\"\n-X PUT\n",
        StandardCharsets.UTF_8);
    String line = "printf 'url = \"%s\"\\n-H \"X: 1\"\\n' " + site.url("/") + " | httptrace ";

    assertThat(launched.run(line + "-K - -s -o -")).isEqualTo(new Ended(0, "hello\n", ""));
    assertThat(launched.run(line + "-q -K - -s -o -")).isEqualTo(new Ended(0, "hello\n", ""));
    assertThat(site.asked()).containsExactly("PUT /", "GET /");
    assertThat(site.sent("X")).containsExactly(List.of("1"), List.of("1"));
    assertThat(site.sent("User-Agent").get(0)).containsExactly("m\u00c3\u00a9"); // its octets
    assertThat(site.sent("User-Agent").get(1).get(0)).startsWith("httptrace/");
  }

  @Test
  void whatPassesIsTriedAgain() throws Exception {
    Ended ended =
        launched.run("httptrace -o - --retry 2 --retry-delay 0.001 -s -S " + site.url("/busy"));

    assertThat(ended).isEqualTo(new Ended(0, "busy\ndone\n", ""));
    assertThat(site.asked()).hasSize(2);
  }

  @Test
  void whatCannotBeMeantIsRefusedInOneLine() throws Exception {
    for (String[] refused :
        new String[][] {
          {"--retri 2", "unknown option: '--retri'; did you mean --retry?"},
          {"--unix-socket /s", "--unix-socket: a Unix domain socket is not supported, only TCP is"},
          {"-OJ", "-J: a name that the server chooses is not supported; -o is"},
          {"--tls-max 1.1", "--tls-max: TLS 1.1 is not supported, only 1.2 and 1.3"},
          {"-f --fail-with-body", "-f and --fail-with-body exclude each other"},
        }) {
      assertThat(launched.run("httptrace " + refused[0] + " " + site.url("/")))
          .isEqualTo(new Ended(2, "", "httptrace: " + refused[1] + "\n"));
    }
    assertThat(site.asked()).isEmpty();
  }
}
