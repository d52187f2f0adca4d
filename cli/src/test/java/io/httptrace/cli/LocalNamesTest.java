package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names below {@code localhost} are this machine, also where no resolver knows them (RFC 6761). */
final class LocalNamesTest {
  private final Site site =
      Site.of(
          head ->
              Site.path(head).equals("/away")
                  ? Site.redirect(302, "http://there." + head.values("Host").get(0) + "/")
                  : Site.ok("hello"));

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "a.localhost", "b.A.LocalHost", "my_host.localhost"})
  void namesBelowLocalhostAreThisMachine(String host) {
    Ended ended = CommandRun.of("-o", "-", "http://" + host + ":" + site.port() + "/");

    assertThat(ended.out()).as(ended.err()).isEqualTo("hello");
    assertThat(ended.err()).containsPattern("(?m)^dns .* m?s  .*127\\.0\\.0\\.1");
    assertThat(site.sent("Host")).containsExactly(List.of(host + ":" + site.port()));
  }

  @Test
  void soAreThoseOfARedirect() {
    Ended ended = CommandRun.of("-L", "-o", "-", "http://a.localhost:" + site.port() + "/away");

    assertThat(ended.out()).as(ended.err()).isEqualTo("hello");
    assertThat(site.sent("Host"))
        .containsExactly(
            List.of("a.localhost:" + site.port()), List.of("there.a.localhost:" + site.port()));
  }

  @Test
  void resolveDecidesForThemToo() {
    String port = Integer.toString(site.port());
    Ended ended =
        CommandRun.of(
            "-6", "--resolve", "a.localhost:" + port + ":127.0.0.1", "http://a.localhost:" + port);

    assertThat(ended.exitCode()).isEqualTo(ExitCode.DNS);
    assertThat(site.asked()).isEmpty();
  }
}
