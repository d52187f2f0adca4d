package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.demo.DemoServer;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.conformance.server.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code --compare}, {@code --each-address} and {@code --each-protocol}. */
final class MeasureComparisonTest {
  private final Site site = Site.of(head -> Site.ok("hello\n"));

  @AfterEach
  void stop() {
    site.close();
  }

  private static Ended run(String line) {
    return CommandRun.of(line.split(" ", -1));
  }

  @Test
  void twoUrlsAreAskedInTurn() {
    try (Site other = Site.of(head -> Site.ok("other"))) {
      Ended ended = run("-n 3 --compare " + other.url("/b") + " " + site.url("/a"));

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.OK);
      assertThat(site.asked()).containsExactly("GET /a", "GET /a", "GET /a");
      assertThat(other.asked()).containsExactly("GET /b", "GET /b", "GET /b");
      assertThat(ended.out())
          .startsWith("A: GET " + site.url("/a") + "\nstatus 200: 3, HTTP/1.1\n")
          .contains("\nB: GET " + other.url("/b") + "\n")
          .contains("\nwarm: p50 of A 2, B 2 requests\n")
          .containsPattern("\nms +p50 +p50 +ratio\n")
          .containsPattern("\ntotal +[0-9.]+ +[0-9.]+ +[0-9.]+\n");
    }
  }

  @Test
  void eachAddressIsAskedInTurn() {
    try (ScriptedServer server =
        ScriptedServer.builder("both")
            .on("127.0.0.1")
            .on("127.0.0.2")
            .otherConnections(
                connection -> {
                  while (true) {
                    connection.readRequest();
                    connection.send(Site.ok("hello"));
                  }
                })
            .start()) {
      String name = "a.test:" + server.port();
      Ended ended =
          run(
              "-n 2 --each-address --resolve "
                  + name
                  + ":127.0.0.1,127.0.0.2 http://"
                  + name
                  + "/");

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.OK);
      assertThat(ended.out())
          .contains("127.0.0.1: GET http://" + name + "/\nstatus 200: 2, HTTP/1.1\n")
          .contains("127.0.0.2: GET http://" + name + "/\nstatus 200: 2, HTTP/1.1\n");
      assertThat(server.accepted()).isEqualTo(2);
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void aNameThatIsNotFoundHasNoAddressToAsk() {
    Ended ended = run("--each-address -6 --resolve a.test:80:127.0.0.1 http://a.test/");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.DNS);
    assertThat(ended.err())
        .isEqualTo("httptrace: --each-address: dns failed: a.test has no IPv6 address\n");
  }

  @Test
  void eachProtocolIsSpokenInTurn() throws Exception {
    try (DemoServer server = DemoServer.start(DemoPace.hurried())) {
      Ended ended =
          run("-k -n 2 --each-protocol https://localhost:" + server.uri().getPort() + "/");

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.OK);
      assertThat(ended.out())
          .containsPattern("(?m)^A HTTP/1.1: GET https://.*\nstatus 200: 2, HTTP/1.1$")
          .containsPattern("(?m)^B HTTP/2: GET https://.*\nstatus 200: 2, HTTP/2$");
    }
  }
}
