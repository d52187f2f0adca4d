package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.conformance.server.ScriptedServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code --slo}: limits for one request, and for many. */
final class SloRunTest {
  private final Site site = Site.of(head -> Site.ok("hello\n"));

  @AfterEach
  void stop() {
    site.close();
  }

  private static Ended run(String line) {
    return CommandRun.of(line.split(" ", -1));
  }

  @Test
  void aLimitThatIsMissedHasItsOwnExitCode() {
    Ended one = run("--slo total<=0us,dns<1us,total<1000s " + site.url("/"));
    Ended many = run("-n 2 --slo p99:total<=0us,total<1000s " + site.url("/"));
    Ended met = run("-n 2 --slo total<1000s " + site.url("/"));

    assertThat(one.exitCode()).isEqualTo(ExitCode.SLO_MISSED);
    assertThat(one.err())
        .matches("httptrace: --slo: total<=0us is missed: ([0-9.]+ m?s), \\1 too long\n");
    assertThat(many.exitCode()).isEqualTo(ExitCode.SLO_MISSED);
    assertThat(many.err())
        .matches("httptrace: --slo: p99:total<=0us is missed: ([0-9.]+ m?s), \\1 too long\n");
    assertThat(met.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(met.err()).isEmpty();
  }

  @Test
  void theJsonSaysWhichLimitsAreMet() {
    Ended one = run("--format json --slo total<=0us,total<1000s " + site.url("/"));
    Ended many = run("--format json -n 2 --slo total<1000s " + site.url("/"));

    assertThat(one.out())
        .containsPattern(
            "\"failure\":null,\"slo\":\\{\"met\":false,\"rules\":\\["
                + "\\{\"rule\":\"total<=0us\",\"figure\":\"total\",\"statistic\":\"max\","
                + "\"limitNanos\":0,\"actualNanos\":[0-9]+,\"met\":false},"
                + "\\{\"rule\":\"total<1000s\",.*\"met\":true}]}}\n$");
    assertThat(many.out()).containsPattern("\"slo\":\\{\"met\":true,\"rules\":\\[.*}]}}]}\n$");
    assertThat(run("--format json " + site.url("/")).out()).doesNotContain("slo");
    CommandSchema.check(one.out());
    CommandSchema.check(many.out());
  }

  @Test
  void aRequestThatFailsKeepsItsCode() {
    try (ScriptedServer none = ScriptedServer.builder("none").refusingOn("127.0.0.1").start()) {
      Ended ended = run("--slo total<=0us http://127.0.0.1:" + none.port() + "/");

      assertThat(ended.exitCode()).isEqualTo(ExitCode.CONNECT);
    }
  }

  @Test
  void ofSeveralUrlsEachOneCounts() {
    Ended ended = run("--slo total<=0us -s " + site.url("/") + " " + site.url("/"));

    assertThat(ended.exitCode()).isEqualTo(ExitCode.SLO_MISSED);
    assertThat(ended.err()).isEmpty();
    assertThat(site.asked()).hasSize(2);
  }

  /** The second attempt finds the connection of the first, and so does not connect. */
  @Test
  void ofSeveralAttemptsTheLastOneCounts() {
    AtomicInteger arrived = new AtomicInteger();
    try (Site unsteady =
        Site.of(
            head ->
                arrived.incrementAndGet() == 1
                    ? "HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n"
                    : Site.ok("hello\n"))) {
      Ended ended = run("--retry 1 --retry-delay 1 --slo connect<=0us " + unsteady.url("/"));

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.OK);
      assertThat(ended.err()).contains("connect<=0us is missed");
      assertThat(arrived).hasValue(2);
    }
  }

  @Test
  void noLimitIsMetIfNoRequestCounts() {
    try (Site closing = Site.of(head -> Site.ok("hello\n", "Connection: close"))) {
      Ended ended = run("-n 3 --warm --slo total<1000s " + closing.url("/"));
      Ended json = run("--format json -n 3 --warm --slo total<1000s " + closing.url("/"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.SLO_MISSED);
      assertThat(ended.err())
          .isEqualTo("httptrace: --slo: no request counts, so no limit is met\n");
      assertThat(json.exitCode()).isEqualTo(ExitCode.SLO_MISSED);
      assertThat(json.out()).contains("\"slo\":{\"met\":false,");
      CommandSchema.check(json.out());
    }
  }

  @Test
  void theEmbeddedServerHasLimitsToo() {
    Ended ended = run("--slo total<=0us");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.SLO_MISSED);
    assertThat(ended.err().lines()).hasSize(2).allMatch(line -> line.contains("is missed"));
    assertThat(ended.out()).contains("Pooled: ");
  }
}
