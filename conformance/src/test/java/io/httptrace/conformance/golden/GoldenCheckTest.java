package io.httptrace.conformance.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.log.LoggedEvent;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GoldenCheckTest {
  private static final Map<String, Integer> SERVERS =
      Map.of("accept origin", 1, "request origin", 1);

  @Test
  void everyRecordedSequencePassesItsOwnCheck() {
    assertThat(GoldenRecording.index()).isNotEmpty();
    for (String name : GoldenRecording.index().keySet()) {
      GoldenRecording recording = GoldenRecording.load(name);
      Map<String, Integer> servers = new java.util.HashMap<>();
      recording.invariants().servers().forEach((what, range) -> servers.put(what, range.get(0)));
      GoldenCheck check = GoldenCheck.of(recording, List.of(), HookSupport.allExact(), List.of());
      assertThat(check.violations(LoggedEvent.inOrder(recording.events()), servers))
          .as(name)
          .isEmpty();
      assertThat(check.complete(recording.events())).as(name).isTrue();
    }
  }

  @Test
  void indexNamesEveryFile() throws Exception {
    URL index = Objects.requireNonNull(GoldenRecording.class.getResource("index.json"));
    try (Stream<Path> files = Files.list(Path.of(index.toURI()).resolveSibling("."))) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".json") && !name.equals("index.json"))
              .map(name -> name.substring(0, name.length() - ".json".length()))
              .toList();
      assertThat(names).containsExactlyInAnyOrderElementsOf(GoldenRecording.index().keySet());
    }
  }

  @Test
  void missingEventIsFound() {
    List<String> events = events("h1-get");
    events.remove("r1.wroteHeaders");
    assertThat(violations("h1-get", events))
        .containsExactly("r1.wroteHeaders: expected 1, but was 0");
  }

  @Test
  void extraEventIsFound() {
    List<String> events = events("h1-get");
    events.add(3, "r1.dnsStart(example.test)");
    assertThat(violations("h1-get", events))
        .containsExactly("r1.dnsStart(example.test): not expected, but was 1");
  }

  @Test
  void repeatedEventIsFound() {
    List<String> events = events("h1-get");
    events.add(1, events.get(0));
    assertThat(violations("h1-get", events))
        .containsExactly("r1.getConn(127.0.0.1:{port:origin}): expected 1, but was 2");
  }

  @Test
  void wrongOrderIsFound() {
    List<String> events = events("h1-get");
    events.add(
        events.indexOf("r1.wroteHeaders"),
        events.remove(events.indexOf("r1.wroteRequest(err=none)")));
    assertThat(violations("h1-get", events))
        .containsExactly(
            "expected r1.wroteHeaders < r1.wroteRequest(err=none), but it was the other way round");
  }

  @Test
  void wrongNumberOfConnectionsIsFound() {
    GoldenCheck check =
        GoldenCheck.of(
            GoldenRecording.load("h1-get"), List.of(), HookSupport.allExact(), List.of());
    assertThat(
            check.violations(
                LoggedEvent.inOrder(events("h1-get")),
                Map.of("accept origin", 2, "request origin", 1)))
        .containsExactly("accept origin: expected 1, but was 2");
  }

  @Test
  void mergedErrorsCountAsTheSame() {
    for (String error : List.of("reset", "broken-pipe", "conn-broken")) {
      List<String> events = events("upload-reset");
      events.replaceAll(e -> e.replace("conn-broken|broken-pipe|reset", error));
      assertThat(violations("upload-reset", events)).as(error).isEmpty();
    }
    List<String> events = events("upload-reset");
    events.replaceAll(e -> e.replace("conn-broken|broken-pipe|reset", "eof"));
    assertThat(violations("upload-reset", events)).isNotEmpty();
  }

  @Test
  void resumptionMattersOnlyWhereTheRecordingSaysSo() {
    List<String> events = events("tls-h1");
    events.replaceAll(
        e -> e.replace("serverName=example.test", "serverName=example.test didResume=true"));
    assertThat(violations("tls-h1", events)).isEmpty();
    List<String> resumed = events("tls-resume");
    resumed.replaceAll(e -> e.replace("didResume=true", "didResume=false"));
    assertThat(violations("tls-resume", resumed, Map.of("accept origin", 2, "request origin", 2)))
        .isNotEmpty();
  }

  @Test
  void absentHookMustNotBeCalledAndKeepsTheOrderOfTheOthers() {
    GoldenCheck check =
        GoldenCheck.of(
            GoldenRecording.load("h1-get"),
            List.of(),
            HookSupport.builder().never("for the test", Hook.WROTE_HEADERS).build(),
            List.of());
    List<String> events = events("h1-get");
    assertThat(check.violations(LoggedEvent.inOrder(events), SERVERS))
        .containsExactly("r1.wroteHeaders: not expected, but was 1");
    events.remove("r1.wroteHeaders");
    assertThat(check.violations(LoggedEvent.inOrder(events), SERVERS)).isEmpty();
    int written = events.indexOf("r1.wroteRequest(err=none)");
    events.add(written - 1, events.remove(written));
    assertThat(check.violations(LoggedEvent.inOrder(events), SERVERS)).hasSize(1);
  }

  @Test
  void deviationReplacesWhatIsExpected() {
    GoldenCheck check =
        GoldenCheck.of(
            GoldenRecording.load("composed-1xx-error-last"),
            ProjectDeviations.all(),
            HookSupport.allExact(),
            List.of());
    List<String> events = events("composed-1xx-error-last");
    assertThat(check.violations(LoggedEvent.inOrder(events), SERVERS)).isNotEmpty();
    events.removeIf(e -> e.contains("putIdleConn") || e.contains("body"));
    events.replaceAll(e -> e.replace("(200 HTTP/1.1)", "(err=hook-error)"));
    assertThat(check.violations(LoggedEvent.inOrder(events), SERVERS)).isEmpty();
  }

  @Test
  void deviationCanFreeAnOrderAndKeepTheRest() {
    Deviation free =
        new Deviation(
            "h1-get",
            "for the test",
            List.of(
                new Deviation.Unordered(
                    "r1.roundTripReturned(200 HTTP/1.1)", "r1.putIdleConn(err=none)")));
    GoldenCheck check =
        GoldenCheck.of(
            GoldenRecording.load("h1-get"), List.of(free), HookSupport.allExact(), List.of());
    List<String> events = events("h1-get");
    int put = events.indexOf("r1.putIdleConn(err=none)");
    events.add(put - 1, events.remove(put));
    assertThat(check.violations(LoggedEvent.inOrder(events), SERVERS)).isEmpty();
    events.add(put - 2, events.remove(put - 1));
    assertThat(check.violations(LoggedEvent.inOrder(events), SERVERS)).hasSize(1);
  }

  @Test
  void deviationCanFreeAllEventsOfOneRequestFromThoseOfAnother() {
    Deviation free =
        new Deviation(
            "h1-get-reuse", "for the test", List.of(new Deviation.Unordered("r1.*", "r2.*")));
    GoldenCheck check =
        GoldenCheck.of(
            GoldenRecording.load("h1-get-reuse"), List.of(free), HookSupport.allExact(), List.of());
    List<String> events = events("h1-get-reuse");
    Map<String, Integer> servers = Map.of("accept origin", 1, "request origin", 2);
    List<String> first = events.stream().filter(e -> e.startsWith("r1.")).toList();
    events.removeAll(first);
    events.addAll(events.indexOf("done"), first);
    assertThat(check.violations(LoggedEvent.inOrder(events), servers)).isEmpty();

    events.add(0, events.remove(events.indexOf("r2.wroteHeaders")));
    assertThat(check.violations(LoggedEvent.inOrder(events), servers)).isNotEmpty();
  }

  @Test
  void deviationCanMergeErrors() {
    Deviation same =
        new Deviation(
            "*",
            "for the test",
            List.of(new Deviation.SameErrors(Set.of("malformed-response", "header-too-large"))));
    GoldenCheck check =
        GoldenCheck.of(
            GoldenRecording.load("header-too-large"),
            List.of(same),
            HookSupport.allExact(),
            List.of());
    List<String> events = events("header-too-large");
    events.replaceAll(e -> e.replace("header-too-large", "malformed-response"));
    assertThat(check.violations(LoggedEvent.inOrder(events), SERVERS)).isEmpty();
  }

  @Test
  void deviationCanSayHowOften() {
    Map<String, Integer> servers = Map.of("accept origin", 2, "request origin", 3);
    GoldenRecording recording = GoldenRecording.load("h2-goaway-then-retry");
    List<String> events = events("h2-goaway-then-retry");
    String again = "r2.getConn(127.0.0.1:{port:origin})";
    GoldenCheck check =
        GoldenCheck.of(recording, ProjectDeviations.all(), HookSupport.allExact(), List.of());
    assertThat(check.violations(LoggedEvent.inOrder(events), servers))
        .containsExactly(again + ": expected 2, but was 3");
    events.remove(events.lastIndexOf(again));
    assertThat(check.violations(LoggedEvent.inOrder(events), servers)).isEmpty();
  }

  @Test
  void lastOfAnEventHasItsPlace() {
    Map<String, Integer> servers = Map.of("accept origin", 2, "request origin", 3);
    List<String> events = events("h2-goaway-then-retry");
    int connect = events.lastIndexOf("r2.connectStart(tcp 127.0.0.1:{port:origin})");
    events.add(connect - 1, events.remove(connect));
    assertThat(violations("h2-goaway-then-retry", events, servers))
        .singleElement()
        .asString()
        .contains("r2.getConn(127.0.0.1:{port:origin})#last < r2.connectStart");
  }

  @Test
  void deviationForAnEventThatIsNotThereIsRefused() {
    Deviation wrong =
        new Deviation("h1-get", "for the test", List.of(new Deviation.Absent("r1.nothing")));
    assertThatThrownBy(
            () ->
                GoldenCheck.of(
                    GoldenRecording.load("h1-get"),
                    List.of(wrong),
                    HookSupport.allExact(),
                    List.of()))
        .hasMessageContaining("r1.nothing");
  }

  private static List<String> events(String name) {
    return new ArrayList<>(GoldenRecording.load(name).events());
  }

  private static List<String> violations(String name, List<String> events) {
    return violations(name, events, SERVERS);
  }

  private static List<String> violations(
      String name, List<String> events, Map<String, Integer> servers) {
    return GoldenCheck.of(GoldenRecording.load(name), List.of(), HookSupport.allExact(), List.of())
        .violations(LoggedEvent.inOrder(events), servers);
  }
}
