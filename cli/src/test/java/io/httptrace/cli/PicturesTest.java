package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a picture shows by itself, and with {@code -v -i -I --cumulative --show-secrets}. */
final class PicturesTest {
  private final Site site =
      Site.of(
          head ->
              Site.ok(
                  "hello\n",
                  "Content-Type: text/plain",
                  "Cache-Control: no-store",
                  "Server: test",
                  "Set-Cookie: id=SECRET",
                  "X-One: 1",
                  "X-Two: 2",
                  "Server-Timing: db;dur=12.5;desc=\"two queries\", miss"));

  @AfterEach
  void stop() {
    site.close();
  }

  private String picture(String... options) {
    String[] args = new String[options.length + 1];
    System.arraycopy(options, 0, args, 0, options.length);
    args[options.length] = site.url("/");
    Ended ended = CommandRun.of(args);
    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(ended.err()).isEmpty();
    return ended.out();
  }

  /** The header fields of a picture: what is indented above the bars. */
  private static List<String> fields(String picture) {
    return picture.lines().filter(line -> line.matches(" {2}[A-Za-z-]+: .*")).toList();
  }

  @Test
  void theFieldsThatTellMostOfAResponseAreShown() {
    assertThat(fields(picture()))
        .containsExactly(
            "  Cache-Control: no-store",
            "  Content-Length: 6",
            "  Content-Type: text/plain",
            "  Server: test");
    assertThat(picture()).contains("\n  and 3 more fields\n");
  }

  @Test
  void allFieldsAreShownOnRequestAndMasked() {
    assertThat(fields(picture("-i")))
        .contains("  Set-Cookie: ***", "  X-Two: 2")
        .noneMatch(line -> line.startsWith("  Host: "));
    assertThat(fields(picture("-v", "-b", "a=SECRET")))
        .contains("  Host: " + URI.create(site.url("/")).getAuthority(), "  Cookie: ***")
        .contains("  Set-Cookie: ***", "  X-Two: 2");
    assertThat(fields(picture("-v", "-b", "a=SECRET", "--show-secrets")))
        .contains("  Cookie: a=SECRET", "  Set-Cookie: id=SECRET");
  }

  @Test
  void whatTheServerTookForIsBelowTheWaitForIt() {
    assertThat(picture().lines().dropWhile(line -> !line.startsWith("wait ")).skip(1))
        .first()
        .asString()
        .matches(" {2}db {30,}12\\.500 ms {2}two queries");
    assertThat(picture()).containsPattern("(?m)^  miss$");
  }

  @Test
  void timesFromTheStartAreShownOnRequest() {
    assertThat(picture().lines()).noneMatch(line -> line.startsWith("until "));
    assertThat(picture("--cumulative").lines().filter(line -> line.startsWith("until ")))
        .extracting(line -> line.replaceAll(".* ", ""))
        .containsExactly("connect", "pretransfer", "starttransfer");
  }

  @Test
  void theLastLineSaysWhereTheTimeWent() {
    String[] lines = picture().split("\n", -1);

    assertThat(lines[lines.length - 2]).matches("[0-9]+ % [a-z ]+(, [0-9]+ % [a-z ]+){0,2}");
  }
}
