package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.text.Printer;
import io.httptrace.conformance.server.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs that cannot be written to, and a terminal that should not be. */
final class OutputsTest {
  private static final String FULL = "No space left on device";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static OutputStream full() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        throw new IOException(FULL);
      }
    };
  }

  private static ExitCode run(
      OutputStream out, OutputStream err, boolean terminal, String... args) {
    Shell shell =
        new Shell(
            InputStream.nullInputStream(),
            new Printer(out),
            new Printer(err),
            terminal,
            false,
            Map.of());
    return new Command(shell, DemoPace.hurried()).run(args);
  }

  /** A response that does not end: only who stops reading it comes back. */
  private static ScriptedServer endless() {
    return ScriptedServer.builder("endless")
        .connections(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na");
              connection.awaitPeerClose();
            })
        .start();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-o - | -o: cannot write '-':",
        "--events | cannot write to standard output:",
      })
  void aFullDiskStopsTheTransfer(String option, String message) {
    try (ScriptedServer server = endless()) {
      String[] args = (option + " http://127.0.0.1:" + server.port() + "/").split(" ", -1);
      ExitCode exitCode = run(full(), err, false, args);

      assertThat(exitCode).isEqualTo(ExitCode.WRITE_ERROR);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .endsWith("httptrace: " + message + " " + FULL + "\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"--help", "--version", "--format=json", "''"})
  void whatIsOnlyShownCountsToo(String option) {
    assertThat(option.isEmpty() ? run(full(), err, false) : run(full(), err, false, option))
        .isEqualTo(ExitCode.WRITE_ERROR);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("httptrace: cannot write to standard output: " + FULL + "\n");
  }

  @Test
  void aRequestThatFailsAnywayKeepsItsCode() {
    assertThat(run(out, full(), false, "http://127.0.0.1:1/")).isEqualTo(ExitCode.CONNECT);
    assertThat(run(out, full(), false, "-X")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void binaryIsNotWrittenToATerminal() {
    try (Site site = Site.of(head -> Site.ok("text\0more"))) {
      assertThat(run(out, err, true, "-o", "-", site.url("/"))).isEqualTo(ExitCode.WRITE_ERROR);
      assertThat(out.size()).isZero();
      assertThat(err.toString(StandardCharsets.UTF_8))
          .endsWith(
              "httptrace: -o: cannot write '-': binary output can mess up your terminal; -o FILE"
                  + " keeps it in a file, and -o /dev/stdout shows it all the same\n");

      assertThat(run(out, err, false, "-o", "-", site.url("/"))).isEqualTo(ExitCode.OK);
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("text\0more");
    }
  }

  @Test
  void textIsWrittenToATerminal() {
    try (Site site = Site.of(head -> Site.ok("text"))) {
      assertThat(run(out, err, true, "-o", "-", site.url("/"))).isEqualTo(ExitCode.OK);
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("text");
    }
  }
}
