package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ScriptedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a process that is told to end, and that shows how far it is. */
final class LauncherSignalTest {
  private final CountDownLatch answer = new CountDownLatch(1);

  /** Answers, begins a body, and goes on with it when it is let. */
  private final ScriptedServer server =
      ScriptedServer.builder("slow")
          .connections(
              connection -> {
                connection.readRequest();
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
                answer.await();
                connection.send("defghi");
                connection.awaitPeerClose();
              })
          .start();

  @TempDir Path directory;
  private Launched launched;

  @BeforeEach
  void makeTree() throws Exception {
    launched = Launched.in(directory);
  }

  @AfterEach
  void stop() {
    answer.countDown();
    server.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.port() + "/";
  }

  /** Reads until something has been seen, or all; returns what was read. */
  private static String readUntil(Reader reader, String seen) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(seen) < 0) {
      int next = reader.read();
      if (next < 0) {
        break;
      }
      text.append((char) next);
    }
    return text.toString();
  }

  private static BufferedReader reader(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  private static String rest(Reader reader) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int next = reader.read(); next >= 0; next = reader.read()) {
      text.append((char) next);
    }
    return text.toString();
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill = new ProcessBuilder("bash", "-c", "kill -" + name + " " + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void aSignalEndsItWithThePictureOfWhatIsKnown(String name, int exitCode) throws Exception {
    Process process = launched.start("", "--events", url());
    try (BufferedReader out = reader(process.getInputStream());
        BufferedReader err = reader(process.getErrorStream())) {
      assertThat(readUntil(out, " gotResponse ")).endsWith(" gotResponse ");
      signal(process, name);
      String picture = rest(out);

      assertThat(picture)
          .contains("\n200 HTTP/1.1, body ", "\ncancelled in response\n")
          .containsPattern("(?m)^response .*x ")
          .containsPattern("(?m)^total ");
      assertThat(rest(err)).matches("httptrace: response interrupted after [0-9.]+ m?s\n");
      assertThat(process.waitFor()).isEqualTo(exitCode);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theJsonSaysSo() throws Exception {
    Process process = launched.start("", "--format", "json", "--events", url());
    try (BufferedReader out = reader(process.getInputStream());
        BufferedReader err = reader(process.getErrorStream())) {
      readUntil(err, " gotResponse ");
      signal(process, "INT");

      assertThat(rest(out))
          .contains("\"outcome\":\"cancelled\",\"failedPhase\":\"response\"")
          .contains("\"failure\":{\"exitCode\":130,\"phase\":\"response\",");
      assertThat(process.waitFor()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aTerminalShowsHowFarItIsUntilTheResponseIsThere() throws Exception {
    Process process =
        launched.start("JDK_JAVA_OPTIONS=-Dhttptrace.stderr=terminal", "-o", "body", url());
    try (BufferedReader out = reader(process.getInputStream());
        BufferedReader err = reader(process.getErrorStream())) {
      String live = readUntil(err, "receiving, 3 bytes of 9 bytes");
      assertThat(live).containsPattern("\r[0-9.]+ s, receiving, 3 bytes of 9 bytes$");
      answer.countDown();

      assertThat(rest(err)).endsWith("\r\u001b[K");
      assertThat(rest(out)).startsWith("GET " + url() + "\n200 HTTP/1.1, body 9 bytes\n");
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void followsARequestUntilItIsToldToEnd() throws Exception {
    try (ScriptedServer many =
        ScriptedServer.builder("many")
            .otherConnections(
                connection -> {
                  connection.readRequest();
                  connection.send(Site.ok("hello", Site.CLOSE));
                  connection.close();
                })
            .start()) {
      String target = "http://127.0.0.1:" + many.port() + "/";
      Process process = launched.start("", "--follow", "0.1", target);
      try (BufferedReader out = reader(process.getInputStream())) {
        for (int i = 0; i < 3; i++) {
          assertThat(out.readLine())
              .matches("20\\S+Z 200 connect [0-9.]+ m?s, request .*, total [0-9.]+ m?s");
        }
        signal(process, "INT");
        assertThat(process.waitFor()).isEqualTo(130);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void aTerminalShowsTheLastPictureAndAllRuns() throws Exception {
    try (Site site = Site.of(head -> Site.ok("hello"))) {
      Process process =
          launched.start("JDK_JAVA_OPTIONS=-Dhttptrace.stdout=terminal", "--follow", site.url("/"));
      try (BufferedReader out = reader(process.getInputStream())) {
        String first = readUntil(out, "\u001b[H\u001b[J") + readUntil(out, "\u001b[H\u001b[J");
        signal(process, "INT");

        assertThat(first.replaceAll("\u001b\\[[0-9;]*m", ""))
            .contains("GET " + site.url("/") + "\n200 HTTP/1.1, body 5 bytes\n")
            .containsPattern("(?m)^wait      # {20,}")
            .containsPattern("(?m)^total     # {20,}");
        assertThat(process.waitFor()).isEqualTo(130);
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
