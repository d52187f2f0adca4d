package io.httptrace.render;

import static io.httptrace.render.TimelineStories.answered;
import static io.httptrace.render.TimelineStories.call;
import static io.httptrace.render.TimelineStories.connected;
import static io.httptrace.render.TimelineStories.done;
import static io.httptrace.render.TimelineStories.fields;
import static io.httptrace.render.TimelineStories.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a picture shows besides phases. */
final class WaterfallDetailsTest {

  private static Stream<String> head(WaterfallBuilder settings, Timeline timeline) {
    return settings
        .build()
        .draw(timeline)
        .lines()
        .takeWhile(line -> !line.startsWith("connection "));
  }

  private static Stream<String> rows(Timeline timeline) {
    return Waterfall.toText(timeline).lines().dropWhile(line -> !line.startsWith("connect "));
  }

  // ---- Header fields ----

  @Test
  void fewFieldsAreAllShown() {
    Timeline timeline =
        call("GET", fields("Content-Type", "text/plain", "Set-Cookie", "a=secret", "X-A", "b c"));

    assertThat(head(Waterfall.builder().responseHeaders(HeaderDetail.MAIN), timeline))
        .containsExactly(
            "GET http://example.test/",
            "200 HTTP/1.1, body 100 bytes",
            "  Content-Type: text/plain",
            "  Set-Cookie: ***",
            "  X-A: b c");
    assertThat(head(Waterfall.builder(), timeline)).hasSize(2);
  }

  @Test
  void ofManyFieldsTheMainOnesAreShownInTheirOrder() {
    Map<String, List<String>> many = new LinkedHashMap<>();
    many.put("X-First", List.of("1"));
    many.put("server", List.of("s/1"));
    many.put("Set-Cookie", List.of("a=1", "b=2", "c=3"));
    many.put("content-security-policy", List.of("default-src 'none'; ".repeat(50)));
    many.put("Via", List.of("1.1 proxy"));
    many.put("Age", List.of("7"));
    many.put("Content-Type", List.of("text/html"));
    many.put("Cache-Control", List.of("private, " + "no-store, ".repeat(50)));
    many.put("Server-Timing", List.of("a"));
    many.put("Date", List.of("now"));

    assertThat(head(Waterfall.builder().responseHeaders(HeaderDetail.MAIN), call("GET", many)))
        .containsExactly(
            "GET http://example.test/",
            "200 HTTP/1.1, body 100 bytes",
            "  server: s/1",
            "  Age: 7",
            "  Content-Type: text/html",
            "  Cache-Control: private, no-store, no-store, no-store, no-store, no-store, no-…",
            "  and 7 more fields");
  }

  @Test
  void thoseOfRequestAndResponseAreShownAsAWholeWhenAskedTo() {
    Timeline timeline =
        call("GET", fields("X-Long", "one two three four five six", "Location", "/a?b=secret"));
    WaterfallBuilder all =
        Waterfall.builder().width(40).requestHeaders().responseHeaders(HeaderDetail.ALL);

    assertThat(head(all, timeline))
        .containsExactly(
            "GET http://example.test/",
            "  Host: example.test",
            "  Cookie: ***",
            "200 HTTP/1.1, body 100 bytes",
            "  X-Long: one two three four five six",
            "  Location: /a?b=***");
    assertThat(head(all.redaction(Redaction.NONE), timeline))
        .contains("  Cookie: a=secret", "  Location: /a?b=secret");
  }

  @Test
  void aLongValueGoesOnBelowItself() {
    WaterfallBuilder all = Waterfall.builder().width(40).responseHeaders(HeaderDetail.ALL);

    assertThat(head(all, call("GET", fields("X-Long", "one two three four five six seven eight"))))
        .endsWith("  X-Long: one two three four five six", "    seven eight");
  }

  @Test
  void whoAsksForTheHeadAloneSeesAllOfIt() {
    Map<String, List<String>> many = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      many.put("X-" + i, List.of("v"));
    }

    assertThat(head(Waterfall.builder(), call("HEAD", many))).hasSize(22);
    assertThat(head(Waterfall.builder().responseHeaders(HeaderDetail.MAIN), call("HEAD", many)))
        .hasSize(22);
    assertThat(head(Waterfall.builder().responseHeaders(HeaderDetail.NONE), call("HEAD", many)))
        .hasSize(2);
  }

  @Test
  void namesOfFieldsAreFainterThanTheirValues() {
    Waterfall waterfall =
        Waterfall.builder()
            .responseHeaders(HeaderDetail.MAIN)
            .painter((ink, text) -> "<" + ink + " " + text + ">")
            .build();

    assertThat(waterfall.draw(call("GET", fields("Age", "7", "X", ""))).lines())
        .contains("  <FAINT Age:> 7", "  <FAINT X:>");
  }

  @Test
  void aPeerCannotMoveTheCursorByAField() {
    Timeline timeline =
        call("GET", fields("X-A", "a\u001b[2J", "Server-Timing", "a;desc=\"\u009b1A\""));

    assertThat(Waterfall.builder().responseHeaders(HeaderDetail.ALL).build().draw(timeline).lines())
        .contains("  X-A: a\\x1b[2J")
        .anyMatch(line -> line.startsWith("  a ") && line.endsWith("\\x9b1A"));
  }

  // ---- Rows ----

  @Test
  void whatTheServerTookForStandsBelowTheWaitForIt() {
    Timeline timeline =
        call(
            "GET",
            fields(
                "Server-Timing",
                "cache;desc=miss, db;dur=1.5;desc=\"two queries\", rendering-of-the-page;dur=2"));

    assertThat(rows(timeline))
        .containsExactly(
            "connect   ██▊                             1.000 ms  192.0.2.7:80",
            "request     ███▋                          1.000 ms  40 bytes",
            "wait           ███████████▊               4.000 ms",
            "  cache                                             miss",
            "  db                                      1.500 ms  two queries",
            "  rendering-of-the-page                   2.000 ms",
            "response                  ████████████    4.000 ms  100 bytes",
            "total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━   10.000 ms  first byte after 6.000 ms",
            "40 % waiting for the server, 40 % receiving, 10 % connecting");
  }

  @Test
  void aServerThatTellsOfManyThingsIsCutShort() {
    String names = "n".repeat(90) + ";dur=1" + ", m".repeat(20);

    assertThat(
            rows(call("GET", fields("Server-Timing", names))).filter(line -> line.startsWith("  ")))
        .containsExactly(
            "  " + "n".repeat(34) + "…     1.000 ms",
            "  m",
            "  m",
            "  m",
            "  m",
            "  m",
            "  m",
            "  and 14 more");
  }

  @Test
  void aWaitForLeaveToSendTheBodyIsARow() {
    Timeline timeline =
        SampleTimelines.of(
            script -> {
              connected(script, "POST", null);
              script
                  .at(1_000, ClientTrace::wroteHeaders)
                  .at(1_000, ClientTrace::wait100Continue)
                  .at(6_000, ClientTrace::gotFirstResponseByte)
                  .at(6_000, ClientTrace::got100Continue)
                  .at(6_000, trace -> trace.got1xxResponse(100, Map.of()));
              sent(script, 7);
              answered(script, 9, Map.of());
              done(script, 10, 100);
            });

    assertThat(Waterfall.toText(timeline))
        .isEqualTo(
            """
            POST http://example.test/
            200 HTTP/1.1, body 100 bytes
            connection #1 new, 192.0.2.7:50000 -> 192.0.2.7:80
            connect   ██▊                             1.000 ms  192.0.2.7:80
            request     █████████████████▋            6.000 ms  40 bytes
            continue    ██████████████▊               5.000 ms  100 Continue
            wait                         ██████▎      2.000 ms
            response                           ███    1.000 ms  100 bytes
            total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━   10.000 ms
            70 % waiting for the server, 10 % connecting, 10 % sending
            """);
  }

  @Test
  void soIsOneInVain() {
    Timeline timeline =
        SampleTimelines.of(
            script -> {
              connected(script, "POST", null);
              script.at(1_000, ClientTrace::wait100Continue);
              sent(script, 7);
              answered(script, 9, Map.of());
              done(script, 10, 100);
            });

    assertThat(rows(timeline).filter(line -> line.startsWith("continue")))
        .containsExactly("continue    █████████████████▋            6.000 ms  no 100 Continue");
  }

  @Test
  void aResponseBeginsWithTheFinalOne() {
    Timeline timeline =
        SampleTimelines.of(
            script -> {
              connected(script, "GET", null);
              sent(script, 2);
              script
                  .at(3_000, ClientTrace::gotFirstResponseByte)
                  .at(3_000, trace -> trace.got1xxResponse(103, fields("Link", "</a>")));
              answered(script, 8, Map.of());
              done(script, 10, 100);
            });

    assertThat(Waterfall.toText(timeline))
        .isEqualTo(
            """
            GET http://example.test/
            103 Early Hints after 3.000 ms
            200 HTTP/1.1, body 100 bytes
            connection #1 new, 192.0.2.7:50000 -> 192.0.2.7:80
            connect   ██▊                             1.000 ms  192.0.2.7:80
            request     ███▋                          1.000 ms  40 bytes
            wait           █████████████████▍         6.000 ms
            response                        ██████    2.000 ms  100 bytes
            total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━   10.000 ms
            60 % waiting for the server, 20 % receiving, 10 % connecting
            """);
    assertThat(head(Waterfall.builder().responseHeaders(HeaderDetail.ALL), timeline))
        .contains("  Link: </a>");
  }

  @Test
  void timesFromTheStartAreShownWhenAskedTo() {
    assertThat(
            Waterfall.builder()
                .cumulative()
                .build()
                .draw(SampleTimelines.of(SampleTimelines::cold))
                .lines()
                .filter(line -> line.startsWith("until") || line.startsWith("total")))
        .containsExactly(
            "until     ━━━                            20.000 ms  namelookup",
            "until     ━━━━━━━                        50.000 ms  connect",
            "until     ━━━━━━━━━━━━━                  90.000 ms  appconnect",
            "until     ━━━━━━━━━━━━━                  90.000 ms  pretransfer",
            "until     ━━━━━━━━━━━━━━━━━━━━━         150.300 ms  starttransfer",
            "total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━  200.300 ms  first byte after 150.300 ms");
    assertThat(
            Waterfall.builder()
                .cumulative()
                .build()
                .draw(SampleTimelines.of(SampleTimelines::retried))
                .lines()
                .filter(line -> line.startsWith("until")))
        .containsExactly(
            "until     ━━━                             1.100 ms  redirect",
            "until     ━━━━━━━━━━━━━━━━━━              6.000 ms  connect",
            "until     ━━━━━━━━━━━━━━━━━━              6.000 ms  pretransfer",
            "until     ━━━━━━━━━━━━━━━━━━━━━━━━━━━     9.000 ms  starttransfer");
  }

  @Test
  void aLongDownloadHasARateAndSeconds() {
    Timeline timeline =
        SampleTimelines.of(
            script -> {
              connected(script, "GET", null);
              sent(script, 2);
              answered(script, 4, Map.of());
              done(script, 2_004, 5_000_000);
            });

    assertThat(rows(timeline))
        .containsExactly(
            "connect   ▏                               1.000 ms  192.0.2.7:80",
            "request   ▏                               1.000 ms  40 bytes",
            "wait      ▏                               2.000 ms",
            "response  ████████████████████████████    2.000 s   5.0 MB, 2.5 MB/s",
            "total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━    2.004 s   first byte after 4.000 ms",
            "100 % receiving");
  }
}
