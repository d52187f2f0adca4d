package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.Launched.Ended;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measuring with the real launcher: signals, and the exit status. */
final class MeasureLauncherTest {
  @TempDir Path directory;
  private Launched launched;

  @BeforeEach
  void makeTree() throws Exception {
    launched = Launched.in(directory);
  }

  @Test
  void interruptedItShowsWhatItHas() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Gate end = new Gate();
    try (Site site =
        Site.of(
            head -> {
              if (asked.incrementAndGet() == 6) {
                say("go");
                await(end);
              }
              return Site.ok("hello\n");
            })) {
      // With job control, a job in the background can be interrupted.
      Ended ended =
          launched.run(
              "set -m; mkfifo go\n"
                  + ("\"$ROOT/httptrace\" -n 1000000 '" + site.url("/") + "' > shown 2> said &\n")
                  + "read -r line < go; kill -INT $!; wait $!; code=$?\n"
                  + "cat shown; cat said >&2; exit $code");
      end.open();

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(130);
      assertThat(ended.err()).isEmpty();
      assertThat(ended.out())
          .startsWith("GET " + site.url("/") + "\ninterrupted after 5 requests of 1000000, ")
          .contains("\nstatus 200: 5, HTTP/1.1\n")
          .contains("total of the warm ones: 4 requests\n");
    }
  }

  /** Tells the script, which waits for it. */
  private void say(String fifo) {
    try {
      Files.writeString(directory.resolve(fifo), "now\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
  void eachOptionWorksThroughTheLauncher() throws Exception {
    try (Site site = Site.of(head -> Site.ok("hello\n"))) {
      Ended ended =
          launched.run(
              "httptrace -n 6 -c 2 --rate 600/m --slo 'p50:total<=0us' '" + site.url("/") + "'");

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.SLO_MISSED.number());
      assertThat(ended.err()).startsWith("httptrace: --slo: p50:total<=0us is missed: ");
      assertThat(ended.out())
          .startsWith("GET " + site.url("/") + "\n6 requests, up to 2 at a time, in ")
          .contains(" #");
      assertThat(site.asked()).hasSize(6);
    }
  }

  @Test
  void wrongUsageIsOneLine() throws Exception {
    Ended ended = launched.run("httptrace -n -1 http://127.0.0.1:1/");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE.number());
    assertThat(ended.err())
        .isEqualTo("httptrace: -n: '-1' is not a number of requests, from 1 to 1000000000\n");
  }
}
