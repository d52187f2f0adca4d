package io.httptrace.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.Hook;
import io.httptrace.HookSupport.Level;
import io.httptrace.conformance.report.SupportReport.Difference;
import io.httptrace.conformance.report.SupportReport.OfHook;
import io.httptrace.conformance.report.SupportReport.OfProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupportMatrixTest {
  private static final Path DOCS = Path.of("../docs");
  private static final String INTRODUCTION =
      """
      # Support matrix

      Which hooks each client calls, and how exactly. Each client was run through the scenarios of
      [conformance](../conformance/README.md), which are recordings of Go's client. The tests make this page from [their
      reports](support), and fail if it is out of date. Where all clients differ from Go on purpose is in
      [hooks.md](hooks.md).

      - **exact**: called when its event happens, in the order of the recordings.
      - **stamped**: called later, with the true time of its event in `EventStamp`.
      - **approximate**: called as often as in the recordings; its time or its order is approximate.
      - **never**: never called; the event cannot be observed in the client.
      - **–**: not called in any of the scenarios. Over HTTP/2 connections are shared, so there is no `putIdleConn`.
      - **not applicable**: the client cannot do what the scenario is about. The reasons are below, for each client.

      OkHttp: for a client with `proxy(..)` set, also to `NO_PROXY`, and without a `SocketFactory` of its own. Otherwise
      `getConn` or `connectDone` is approximate, and the timeline says why.

      Apache HttpClient: with a connection manager that `ApacheTracing` has built, and without a SOCKS proxy.

      JDK 17, JDK 25: the JDK's own client in those JDKs, with the agent of `httptrace-jdk`.

      AsyncHttpClient: with `setMaxRequestRetry(0)`, because it repeats what the recordings do not. Through a SOCKS proxy less
      is told, and the timeline says what.

      Armeria: for a client whose `ClientFactory` is prepared, and that sets its proxy or has none. Otherwise `getConn`
      is approximate, or dials are told from Armeria's timings, and the timeline says why.

      """;

  /** This project's own client first, then by name. */
  private static List<SupportReport> reports() throws IOException {
    try (Stream<Path> files = Files.list(DOCS.resolve("support"))) {
      List<SupportReport> reports = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        reports.add(SupportReport.read(file));
      }
      reports.sort(Comparator.comparing(report -> !report.client().equals("httptrace")));
      return reports;
    }
  }

  @Test
  void pageInTheDocsIsMadeFromTheReports() throws IOException {
    Path found = Path.of("target/support-matrix.md");
    Files.createDirectories(found.getParent());
    Files.writeString(found, INTRODUCTION + SupportMatrix.of(reports()));

    assertThat(found)
        .as("if the reports are right: cp conformance/%s docs/", found)
        .hasSameTextualContentAs(DOCS.resolve("support-matrix.md"));
  }

  @Test
  void reportIsTheSameAfterItWasWritten(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("made/here/some.json");
    some().write(file);

    assertThat(SupportReport.read(file)).isEqualTo(some());
    assertThat(file).content().startsWith("{\n  \"client\" : \"Some\",\n").endsWith("}\n");
  }

  @Test
  void eachReasonIsANoteAndTheSameOneIsWrittenOnce() {
    assertThat(SupportMatrix.of(List.of(some())))
        .contains(
            """
            | hook | Some HTTP/1.1 | Some HTTP/2 |
            | --- | --- | --- |
            | `getConn` | exact | exact |
            """)
        .contains("| `dnsDone` | exact <sup>1</sup> | exact <sup>1</sup> |\n")
        .contains("| `connectDone` | stamped <sup>2</sup> | stamped <sup>2</sup> |\n")
        .contains("| `wait100Continue` | – | – |\n")
        .contains("| `connWaitStart` | never <sup>3</sup> | never <sup>3</sup> |\n")
        .endsWith(
            """
            | scenarios | 5 | 5 |
            | run | 3 | 3 |
            | passed | 2 | 2 |
            | not applicable | 2 | 2 |

            ## Notes

            1. Some, `dnsDone.addrs` is not compared in `dns-*`: it looks up one
            2. Some, `connectDone`: told with the response
            3. Some, `connWaitStart`: it does not say

            ## Some

            Scenarios that do not apply:

            - HTTP2: too old (`h2-a`, `h2-b`, `h2-a`, `h2-b`)

            What differs from the recordings:

            - it drains (`h1-*`)

            Threads that outlive a client:

            - one for all

            Scenarios that fail:

            - h1-get
            - h1-get
            """);
  }

  private static SupportReport some() {
    Map<String, OfHook> hooks = new LinkedHashMap<>();
    for (Hook hook : Hook.values()) {
      hooks.put(hook.methodName(), new OfHook(Level.EXACT, null, hook != Hook.WAIT_100_CONTINUE));
    }
    hooks.put("connectDone", new OfHook(Level.STAMPED, "told with the response", true));
    hooks.put("connWaitStart", new OfHook(Level.NEVER, "it does not say", false));
    Map<String, String> left = new LinkedHashMap<>();
    left.put("h2-a", "HTTP2: too old");
    left.put("h2-b", "HTTP2: too old");
    List<String> failed = List.of("h1-get");
    return new SupportReport(
        "Some",
        List.of(
            new OfProtocol("HTTP/1.1", hooks, 5, 2, failed, left),
            new OfProtocol("HTTP/2", hooks, 5, 2, failed, left)),
        List.of(new Difference("dnsDone.addrs", "dns-*", "it looks up one")),
        List.of(new Difference("[Absent]", "h1-*", "it drains")),
        List.of("one for all"));
  }
}
