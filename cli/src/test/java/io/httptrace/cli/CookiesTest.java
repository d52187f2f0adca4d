package io.httptrace.cli;

import static io.httptrace.cli.Site.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -b} and {@code -c}. */
final class CookiesTest {
  @TempDir Path directory;

  private static Site setting() {
    return Site.of(
        head ->
            path(head).equals("/set")
                ? Site.redirect(302, "/then", "Set-Cookie: id=SECRET; Path=/; HttpOnly")
                : Site.ok(""));
  }

  @Test
  void sendsWhatIsGivenAsText() {
    try (Site site = setting()) {
      CommandRun.of("-b", "a=1; b=2", "--cookie", "c=3", site.url("/"));

      assertThat(site.sent("Cookie")).containsExactly(List.of("a=1; b=2; c=3"));
    }
  }

  @Test
  void aFieldOfTheUsersOwnComesFirst() {
    try (Site site = setting()) {
      CommandRun.of("-b", "a=1", "-H", "Cookie: b=2", site.url("/"));

      assertThat(site.sent("Cookie")).containsExactly(List.of("b=2"));
    }
  }

  @Test
  void withoutAnOptionNothingIsKept() {
    try (Site site = setting()) {
      CommandRun.of("-L", "-b", "a=1", site.url("/set"));

      assertThat(site.sent("Cookie")).containsExactly(List.of("a=1"), List.of("a=1"));
    }
  }

  @Test
  void anEmptyNameKeepsCookiesWithoutAFile() {
    try (Site site = setting()) {
      CommandRun.of("-L", "-b", "", "-b", "a=1", site.url("/set"));

      assertThat(site.sent("Cookie")).containsExactly(List.of("a=1"), List.of("id=SECRET; a=1"));
    }
  }

  @Test
  void readsAFile() throws Exception {
    Path file = directory.resolve("in");
    Files.writeString(
        file,
        """
        # A comment

        127.0.0.1\tFALSE\t/\tFALSE\t0\ta\t1
        127.0.0.1\tFALSE\t/\tFALSE\t1\tover\t1
        127.0.0.1\tFALSE\t/deep\tFALSE\t0\tdeep\t1
        other.test\tFALSE\t/\tFALSE\t0\tother\t1
        """);
    try (Site site = setting()) {
      CommandRun.of("-b", file.toString(), site.url("/"));
      CommandRun.with(Map.of(), Files.readString(file), "-b", "-", site.url("/deep/er"));

      assertThat(site.sent("Cookie")).containsExactly(List.of("a=1"), List.of("deep=1; a=1"));
    }
  }

  @Test
  void aFileThatIsNotThereHasNoCookies() {
    try (Site site = setting()) {
      Ended ended = CommandRun.of("-b", directory.resolve("none").toString(), site.url("/"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(site.sent("Cookie")).containsExactly(List.of());
    }
  }

  @Test
  void aFileThatCannotBeReadIsAnError() {
    Ended ended = CommandRun.of("-b", directory.toString(), "http://127.0.0.1:1/");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.READ_ERROR);
    assertThat(ended.err()).startsWith("httptrace: -b: cannot read '" + directory + "': ");
  }

  @Test
  void writesWhatServersSetToAFile() throws Exception {
    Path file = directory.resolve("out");
    Path in = directory.resolve("in");
    Files.writeString(in, ".b.test\tTRUE\t/\tTRUE\t4102444800\tb\t2\n");
    try (Site site = setting()) {
      CommandRun.of("-L", "-b", in.toString(), "-c", file.toString(), site.url("/set"));

      assertThat(Files.readString(file))
          .isEqualTo(
              """
              # Netscape HTTP Cookie File

              .b.test\tTRUE\t/\tTRUE\t4102444800\tb\t2
              #HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\tid\tSECRET
              """);
      assertThat(site.sent("Cookie")).containsExactly(List.of(), List.of("id=SECRET"));
    }
  }

  @Test
  void writesThemToStandardOutputThoughNowhereElse() {
    try (Site site = setting()) {
      Ended ended = CommandRun.of("-L", "--format=json", "--events", "-c", "-", site.url("/set"));

      assertThat(ended.err()).doesNotContain("SECRET").contains("wroteHeaderField     Cookie: ***");
      List<String> lines = ended.out().lines().toList();
      assertThat(lines.get(0)).startsWith("{\"schema\"").doesNotContain("SECRET");
      assertThat(lines.subList(1, lines.size()))
          .containsExactly(
              "# Netscape HTTP Cookie File",
              "",
              "#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\tid\tSECRET");
    }
  }

  @Test
  void writesThemAlsoAfterAFailure() throws Exception {
    Path file = directory.resolve("out");
    try (Site site = setting()) {
      Ended ended =
          CommandRun.of("-L", "--max-redirs", "0", "-c", file.toString(), site.url("/set"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.REDIRECTS);
      assertThat(Files.readString(file)).contains("\tid\tSECRET\n");
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsAnError() {
    Path file = directory.resolve("no").resolve("such");
    try (Site site = setting()) {
      Ended ended = CommandRun.of("-c", file.toString(), site.url("/"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.WRITE_ERROR);
      assertThat(ended.err())
          .isEqualTo("httptrace: -c: cannot write '" + file + "': no such file or directory\n");
    }
  }
}
