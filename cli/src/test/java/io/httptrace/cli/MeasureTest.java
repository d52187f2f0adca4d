package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.text.Printer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code -n} and its like, against real servers on loopback. */
final class MeasureTest {
  private final Site site = Site.of(head -> Site.ok("hello\n"));

  @AfterEach
  void stop() {
    site.close();
  }

  private static Ended run(String line) {
    return CommandRun.of(line.split(" ", -1));
  }

  private static String json(Ended ended, String pattern) {
    assertThat(CommandSchema.check(ended.out()).get("schema").textValue())
        .isEqualTo("httptrace-measure/1");
    Matcher found = Pattern.compile(pattern).matcher(ended.out());
    assertThat(found.find()).as(pattern + " in " + ended.out() + ended.err()).isTrue();
    return found.group(1);
  }

  @Test
  void coldRequestsOpenAConnectionEach() {
    Ended ended = run("--format json -n 7 -c 3 --cold " + site.url("/"));

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.OK);
    assertThat(site.asked()).hasSize(7).containsOnly("GET /");
    assertThat(site.server().accepted()).isEqualTo(7);
    assertThat(json(ended, "\"connections\":(\\{.*?})"))
        .isEqualTo("{\"opened\":7,\"reused\":0,\"tlsResumed\":0}");
    assertThat(json(ended, "\"cold\":\\{\"requests\":([0-9]+)")).isEqualTo("7");
    assertThat(json(ended, "\"warm\":\\{\"requests\":([0-9]+)")).isEqualTo("0");
  }

  @Test
  void warmRequestsUseAsManyConnectionsAsAreNeededAtATime() {
    AtomicInteger arrived = new AtomicInteger();
    Gate all = new Gate();
    try (Site held =
        Site.of(
            head -> {
              // The first three are answered when all three are there.
              if (arrived.incrementAndGet() >= 3) {
                all.open();
              }
              await(all);
              return Site.ok("hello\n");
            })) {
      Ended ended = run("--format json -n 30 -c 3 --warm " + held.url("/"));

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.OK);
      assertThat(held.asked()).hasSize(30);
      assertThat(held.server().accepted()).isEqualTo(3);
      assertThat(json(ended, "\"connections\":(\\{.*?})"))
          .isEqualTo("{\"opened\":3,\"reused\":27,\"tlsResumed\":0}");
      assertThat(json(ended, "\"counted\":\\{\"requests\":([0-9]+)")).isEqualTo("27");
    }
  }

  private static void await(Gate gate) {
    try {
      assertThat(gate.await(Waiting.LIMIT)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void showsTheColdOneBesideTheWarmOnes() {
    Ended ended = run("-n 10 " + site.url("/?key=secret"));

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.OK);
    assertThat(ended.err()).isEmpty();
    assertThat(site.asked()).hasSize(10).containsOnly("GET /?key=secret");
    assertThat(site.server().accepted()).isEqualTo(1);
    List<String> lines = ended.out().lines().map(line -> line.replaceAll("  +", "  ")).toList();
    assertThat(lines.get(0)).isEqualTo("GET " + site.url("/?key=***"));
    assertThat(lines.get(1)).matches("10 requests, 1 at a time, in .* s: .* per second");
    assertThat(lines.get(2)).isEqualTo("status 200: 10, HTTP/1.1");
    assertThat(lines.get(3)).isEqualTo("connections: 1 new, used again 9 times");
    assertThat(lines.get(6)).isEqualTo("  cold: 1 request  warm: 9 requests");
    assertThat(lines.get(7)).isEqualTo("ms  p50  p90  p99  max  p50  p90  p99  max");
    assertThat(lines.subList(8, 14))
        .extracting(line -> line.split(" ", -1)[0])
        .containsExactly("connect", "request", "wait", "response", "ttfb", "total");
    assertThat(lines).contains("total of the warm ones: 9 requests");
    assertThat(lines).allMatch(line -> line.length() <= 80);
  }

  @Test
  void theBodyAndTheHeaderFieldsAreSentEachTime() {
    Ended ended = run("-n 3 -d x=1 -H X-A:b " + site.url("/"));

    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(site.asked()).containsExactly("POST /", "POST /", "POST /");
    assertThat(site.bodies()).containsExactly("x=1", "x=1", "x=1");
    assertThat(site.sent("X-A")).containsOnly(List.of("b"));
  }

  @Test
  void aRateIsKeptAndTimesCountFromWhenARequestWasDue() {
    Ended ended = run("--format json -n 5 --rate 50 " + site.url("/"));

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.OK);
    assertThat(site.asked()).hasSize(5);
    assertThat(Long.parseLong(json(ended, "\"elapsedNanos\":([0-9]+)")))
        .isGreaterThanOrEqualTo(80_000_000);
    assertThat(json(ended, "\"ratePerSecond\":([0-9.]+)")).isEqualTo("50.0");
    assertThat(json(ended, "\"late\":\\{\"requests\":([0-9]+)")).isNotEqualTo("0");
  }

  @Test
  void afterTheDurationItEnds() {
    Ended ended = run("--format json --duration 0.3 -c 2 " + site.url("/"));

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.OK);
    assertThat(Long.parseLong(json(ended, "\"elapsedNanos\":([0-9]+)")))
        .isGreaterThanOrEqualTo(300_000_000);
    assertThat(json(ended, "\"requests\":([0-9]+)"))
        .isEqualTo(Integer.toString(site.asked().size()));
  }

  @Test
  void refusedConnectionsAreErrorsOfConnect() {
    try (ScriptedServer none = ScriptedServer.builder("none").refusingOn("127.0.0.1").start()) {
      Ended ended = run("-n 3 http://127.0.0.1:" + none.port() + "/");

      assertThat(ended.exitCode()).isEqualTo(ExitCode.CONNECT);
      assertThat(ended.out())
          .contains("3 of 3 requests failed\n3 x connect failed: Connection refused");
      assertThat(ended.err()).startsWith("httptrace: connect failed: Connection refused");
    }
  }

  @Test
  void connectionsThatAreResetFailInWaitAndAsWithCurl() {
    try (ScriptedServer server =
        ScriptedServer.builder("resetting")
            .otherConnections(
                connection -> {
                  connection.readRequest();
                  connection.reset();
                })
            .start()) {
      Ended ended = run("--format json -n 3 http://127.0.0.1:" + server.port() + "/");

      assertThat(ended.exitCode()).isEqualTo(ExitCode.RESPONSE);
      assertThat(json(ended, "\"failed\":([0-9]+)")).isEqualTo("3");
      assertThat(json(ended, "\"errors\":\\[(.*?),\"message\":\"wait failed: "))
          .isEqualTo("{\"phase\":\"wait\",\"exitCode\":56,\"count\":3");
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsATimeout() {
    try (ScriptedServer server =
        ScriptedServer.builder("silent")
            .otherConnections(
                connection -> {
                  connection.readRequest();
                  connection.awaitPeerClose();
                })
            .start()) {
      Ended ended = run("-n 2 -c 2 -m 1 http://127.0.0.1:" + server.port() + "/");

      assertThat(ended.exitCode()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(ended.out()).contains("2 of 2 requests failed\n2 x wait timed out: ");
    }
  }

  @Test
  void aBodyThatDoesNotEndIsATimeoutOfResponse() {
    try (ScriptedServer server =
        ScriptedServer.builder("endless")
            .otherConnections(
                connection -> {
                  connection.readRequest();
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na");
                  connection.awaitPeerClose();
                })
            .start()) {
      Ended ended = run("-n 1 -m 1 http://127.0.0.1:" + server.port() + "/");

      assertThat(ended.exitCode()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(ended.out()).contains("\n1 x response timed out: ");
    }
  }

  @Test
  void someErrorsAmongSuccessesAreCounted() {
    AtomicInteger number = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.builder("moody")
            .otherConnections(
                connection -> {
                  connection.readRequest();
                  if (number.getAndIncrement() % 2 == 0) {
                    connection.send(Site.response("503 Busy", "x", Site.CLOSE));
                  }
                  connection.close();
                })
            .start()) {
      Ended ended = run("-n 4 --cold http://127.0.0.1:" + server.port() + "/");

      assertThat(ended.exitCode()).isEqualTo(ExitCode.WAIT);
      assertThat(ended.out())
          .contains("\nstatus 503: 2, HTTP/1.1\n")
          .contains("\n2 of 4 requests failed\n2 x wait failed: ")
          .contains("cold: 2 requests");
    }
  }

  @Test
  void aStatusIsAFailureIfItIsSaidToBe() {
    try (Site missing = Site.of(head -> Site.response("404 Not Found", "x"))) {
      Ended any = run("-n 2 " + missing.url("/"));
      Ended ended = run("-n 2 -f " + missing.url("/"));
      Ended silent = run("-n 2 -sf --slo total<=0us " + missing.url("/"));

      assertThat(any.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(ended.exitCode()).isEqualTo(ExitCode.HTTP_STATUS);
      assertThat(ended.out())
          .contains("\nstatus 404: 2, HTTP/1.1\n")
          .contains("\n2 of 2 requests failed\n2 x the status of the response is 404\n");
      assertThat(ended.err()).isEqualTo("httptrace: the status of the response is 404\n");
      assertThat(silent.exitCode()).isEqualTo(ExitCode.HTTP_STATUS);
      assertThat(silent.err()).isEmpty();
    }
  }

  @Test
  void csvHasALineForEachFigure() throws Exception {
    Ended ended = run("--format csv -n 3 " + site.url("/?key=secret"));
    List<List<String>> records = Csv.parse(ended.out());

    assertThat(ended.err()).isEmpty();
    assertThat(Csv.column(records, "figure"))
        .containsExactly(
            "connect",
            "request",
            "wait",
            "response",
            "ttfb",
            "total", //
            "request",
            "wait",
            "response",
            "ttfb",
            "total");
    assertThat(Csv.column(records, "connections").subList(5, 7)).containsExactly("cold", "warm");
    assertThat(Csv.column(records, "requests")).startsWith("1").endsWith("2");
    assertThat(Csv.column(records, "request")).containsOnly("GET " + site.url("/?key=***"));
    assertThat(Csv.column(records, "maxNanos")).allMatch(value -> value.matches("[0-9]+"));
    assertThat(Files.readString(Path.of("../docs/cli.md")).replaceAll("\\s+", " "))
        .contains("`" + String.join("`, `", records.get(0)) + "`");
  }

  @Test
  void aNumberAfterTheShortOptionIsTheConcurrencyAndAFileKeepsCookies() {
    Ended ended = run("--format json -n 4 -c 2 -c - " + site.url("/"));

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.OK);
    assertThat(ended.out()).contains("\"concurrency\":2").contains("Netscape HTTP Cookie File");
  }

  @Test
  void aTerminalShowsHowFarItIs() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            InputStream.nullInputStream(),
            new Printer(out),
            new Printer(err),
            false,
            true,
            Map.of("TERM", "xterm"));
    ExitCode exitCode = new Command(shell, DemoPace.hurried()).run("-n", "5", site.url("/"));

    assertThat(exitCode).isEqualTo(ExitCode.OK);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .matches("(?s)(\r[0-5] of 5 requests, [0-9.]+ s, [0-9.]+ per second *)+\r +\r");
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("GET http://").doesNotContain("\r");
  }

  /** As without {@code -n}: the response to the redirect is not one to the request that fails. */
  @Test
  void aRequestThatFailsAfterARedirectHasHadNoAnswer() {
    AtomicInteger arrived = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.builder("redirects")
            .otherConnections(
                connection -> {
                  connection.readRequest();
                  if (arrived.incrementAndGet() == 1) {
                    connection.send(Site.redirect(302, "/b", "Connection: close"));
                  }
                  connection.close();
                })
            .start()) {
      Ended ended = run("-L -n 1 http://127.0.0.1:" + server.port() + "/a");

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.WAIT);
      assertThat(ended.out()).doesNotContain("status 302");
    }
  }
}
