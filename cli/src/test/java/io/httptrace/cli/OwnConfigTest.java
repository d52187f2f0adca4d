package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file {@code ~/.httptracerc}. */
final class OwnConfigTest {
  @TempDir Path home;

  @Test
  void isReadBeforeTheCommandLine() throws Exception {
    Files.writeString(home.resolve(".httptracerc"), "user-agent = mine\n-X PUT\n");
    try (Site site = Site.of(head -> Site.ok("hello"))) {
      run(site.url("/"));
      run("-X", "PATCH", site.url("/"));
      run("-q", site.url("/"));
      run("-qs", site.url("/"));
      run("--disable", site.url("/"));
      run("-s", "-q", site.url("/"));

      assertThat(site.asked())
          .containsExactly("PUT /", "PATCH /", "GET /", "GET /", "GET /", "PUT /");
      assertThat(site.sent("User-Agent").get(0)).isEqualTo(List.of("mine"));
    }
  }

  @Test
  void needNotBeThere() {
    try (Site site = Site.of(head -> Site.ok("hello"))) {
      assertThat(run(site.url("/")).err()).isEmpty();
    }
  }

  @Test
  void aMistakeInItIsNamed() throws Exception {
    Path file = Files.writeString(home.resolve(".httptracerc"), "hedder = x\n");

    assertThat(run("http://127.0.0.1:1/").err())
        .isEqualTo(
            "httptrace: -K: " + file + ":1: unknown option: '--hedder'; did you mean --header?\n");
  }

  private CommandRun.Ended run(String... args) {
    return CommandRun.with(Map.of("HOME", home.toString()), "", args);
  }
}
