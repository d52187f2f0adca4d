package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.conformance.timelines.HookScript;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WaterfallTest {

  @Test
  void drawsAColdRequestPhaseByPhase() {
    assertThat(draw(80, SampleTimelines.of(SampleTimelines::cold)))
        .isEqualTo(
            """
            GET https://***@example.test/a?key=***
            200 HTTP/1.1, body 16.3 kB
            connection #1 new, 192.0.2.1:50000 -> 192.0.2.7:443
            TLSv1.3 TLS_AES_128_GCM_SHA256
            dns       ██▊                            19.800 ms  2001:db8::2 192.0.2.7
            connect     ██▎✗                          9.900 ms  [2001:db8::2]:443, refused
            connect       ███                        20.000 ms  192.0.2.7:443
            tls              █████▋                  39.900 ms  full handshake
            request               ▋                   0.300 ms  123 bytes
            wait                  █████████          60.000 ms
            response                       ███████   50.000 ms  16.5 kB
            client                                    0.400 ms  in no phase
            total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━  200.300 ms  first byte after 150.300 ms
            30 % waiting for the server, 25 % receiving, 20 % in the TLS handshake
            """);
  }

  @Test
  void drawsNoLookupNorConnectNorTlsForAPooledConnection() {
    assertThat(draw(80, SampleTimelines.of(SampleTimelines::pooled)))
        .isEqualTo(
            """
            GET https://***@example.test/a?key=***
            200 HTTP/1.1, body 16.3 kB
            connection #1 reused, idle for 1.500 ms, request 2 on it,
            192.0.2.1:50000 -> 192.0.2.7:443
            TLSv1.3 TLS_AES_128_GCM_SHA256
            request   ▏                               0.300 ms  123 bytes
            wait      ███████████████▍               60.000 ms
            response                 █████████████   50.000 ms  16.5 kB
            client                                    0.200 ms  in no phase
            total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━  110.500 ms  first byte after 60.500 ms
            54 % waiting for the server, 45 % receiving
            """);
  }

  @Test
  void drawsAtTheScaleOfAnotherPictureWhenAskedTo() {
    String picture =
        Waterfall.builder()
            .build()
            .draw(SampleTimelines.of(SampleTimelines::pooled), Duration.ofMillis(221));

    assertThat(picture.lines().skip(5))
        .containsExactly(
            "request   ▏                               0.300 ms  123 bytes",
            "wait      ███████▋                       60.000 ms",
            "response         ███████                 50.000 ms  16.5 kB",
            "client                                    0.200 ms  in no phase",
            "total     ━━━━━━━━━━━━━━                110.500 ms  first byte after 60.500 ms",
            "54 % waiting for the server, 45 % receiving");
  }

  @Test
  void drawsAFailureUpToWhereItDied() {
    assertThat(draw(80, SampleTimelines.of(SampleTimelines::refused)))
        .isEqualTo(
            """
            GET http://192.0.2.7:1/
            failed in connect: Connection refused
            connect        █████████████████▍✗        0.300 ms  192.0.2.7:1
            client                                    0.200 ms  in no phase
            total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━    0.500 ms
            60 % connecting, 40 % in the client itself
            """);
    assertThat(draw(80, SampleTimelines.of(SampleTimelines::cancelledBetweenPhases)))
        .contains("\nfailed past connect: the client is closed\n");
    assertThat(draw(80, SampleTimelines.of(SampleTimelines::unknownHost)))
        .isEqualTo(
            """
            GET http://nowhere.test/
            failed in dns: lookup nowhere.test: no such host
            dns       ███████████████████████████✗    9.900 ms  nowhere.test
            client                                    0.200 ms  in no phase
            total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━   10.100 ms
            98 % looking up the name
            """);
  }

  @Test
  void drawsTheRoundTripsOneAfterTheOther() {
    assertThat(draw(120, SampleTimelines.of(SampleTimelines::retried)))
        .isEqualTo(
            """
            #1 GET http://example.test/
            failed in wait: Connection reset
            connection #1 reused, idle for 9.000 s, request 5 on it, HTTP/1.1, 192.0.2.1:50000 -> 192.0.2.7:80
            request   █▏                                                        0.100 ms  0 bytes
            wait       ████▉✗                                                   0.800 ms
            client                                                              0.100 ms  in no phase

            #2 retry: GET http://example.test/
            404 HTTP/1.1, body 1 byte
            connection #3 new, 192.0.2.1:50000 -> 192.0.2.7:80
            connect          ████████████████████████████▊                      4.900 ms  [2001:db8::2]:80, given up
            connect                          ████████████▎                      2.000 ms  192.0.2.7:80
            request                                      █▍                     0.200 ms  40 bytes
            wait                                          ████████████████▉     2.800 ms
            response                                                      ██    0.200 ms  99 bytes
            client                                                              0.100 ms  in no phase
            total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━    9.200 ms
            52 % connecting, 39 % waiting for the server
            """);
  }

  @Test
  void putsDetailsBelowTheBarsWhereThereIsNoRoomBesideThem() {
    assertThat(draw(40, SampleTimelines.of(SampleTimelines::cold)))
        .isEqualTo(
            """
            GET https://***@example.test/a?key=***
            200 HTTP/1.1, body 16.3 kB
            connection #1 new,
            192.0.2.1:50000 -> 192.0.2.7:443
            TLSv1.3 TLS_AES_128_GCM_SHA256
            dns       █▊                   19.800 ms
                      2001:db8::2 192.0.2.7
            connect    █▊✗                  9.900 ms
                      [2001:db8::2]:443, refused
            connect     ██▌                20.000 ms
                      192.0.2.7:443
            tls           ████▏            39.900 ms
                      full handshake
            request           ▏             0.300 ms
                      123 bytes
            wait              █████▌       60.000 ms
            response               █████   50.000 ms
                      16.5 kB
            client                          0.400 ms
                      in no phase
            total     ━━━━━━━━━━━━━━━━━━  200.300 ms
                      first byte after 150.300 ms
            30 % waiting for the server,
            25 % receiving,
            20 % in the TLS handshake
            """);
  }

  @Test
  void needsNothingButAsciiWhereThatIsAllThereIs() {
    assertThat(Waterfall.builder().ascii().build().draw(SampleTimelines.of(SampleTimelines::cold)))
        .isEqualTo(
            """
            GET https://***@example.test/a?key=***
            200 HTTP/1.1, body 16.3 kB
            connection #1 new, 192.0.2.1:50000 -> 192.0.2.7:443
            TLSv1.3 TLS_AES_128_GCM_SHA256
            dns       ###                            19.800 ms  2001:db8::2 192.0.2.7
            connect     ##x                           9.900 ms  [2001:db8::2]:443, refused
            connect       ###                        20.000 ms  192.0.2.7:443
            tls              #####|                  39.900 ms  full handshake
            request               |                   0.300 ms  123 bytes
            wait                  #########          60.000 ms
            response                       #######   50.000 ms  16.5 kB
            client                                    0.400 ms  in no phase
            total     ============================  200.300 ms  first byte after 150.300 ms
            30 % waiting for the server, 25 % receiving, 20 % in the TLS handshake
            """);
  }

  @Test
  void leavesOutTheLastErrorWhenAskedTo() {
    Waterfall waterfall = Waterfall.builder().withoutLastError().build();

    assertThat(waterfall.draw(SampleTimelines.of(SampleTimelines::refused)).lines())
        .contains("failed in connect");
    assertThat(waterfall.draw(SampleTimelines.of(SampleTimelines::retried)).lines())
        .contains("failed in wait: Connection reset");
  }

  @Test
  void paintsPhasesFactsAndFailures() {
    String picture =
        Waterfall.builder()
            .ascii()
            .painter((ink, text) -> "<" + ink + " " + text + ">")
            .build()
            .draw(SampleTimelines.of(SampleTimelines::refused));

    assertThat(picture)
        .isEqualTo(
            """
            <HEADING GET http://192.0.2.7:1/>
            <BAD failed in connect: Connection refused>
            <BAD connect>        <BAD #################|x>        0.300 ms  <FAINT 192.0.2.7:1>
            <FAINT client>                                    0.200 ms  <FAINT in no phase>
            <HEADING total>     <HEADING ============================>    0.500 ms
            <CONNECT 60 % connecting>, <FAINT 40 % in the client itself>
            """);
  }

  @Test
  void paintChangesNothingElse() {
    Timeline timeline = SampleTimelines.of(SampleTimelines::retried);
    String painted =
        Waterfall.builder()
            .width(100)
            .painter((ink, text) -> "^" + text + "^")
            .build()
            .draw(timeline);

    assertThat(painted.replace("^", "")).isEqualTo(draw(100, timeline));
  }

  @Test
  void whatAPainterThrowsIsThrown() {
    IllegalStateException error = new IllegalStateException("no paint");
    Waterfall waterfall =
        Waterfall.builder()
            .painter(
                (ink, text) -> {
                  throw error;
                })
            .build();

    assertThatThrownBy(() -> waterfall.draw(SampleTimelines.of(SampleTimelines::cold)))
        .isSameAs(error);
  }

  @Test
  void aWidthThatLeavesNoRoomIsRefused() {
    assertThatThrownBy(() -> Waterfall.builder().width(39))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width: 39, must be at least 40");
  }

  @Test
  void anErrorThatThrowsWhenAskedForItsMessageIsNamedAfterItsClass() {
    IOException error =
        new IOException() {
          @Override
          public String getMessage() {
            throw new IllegalStateException("no message");
          }
        };
    Timeline timeline = SampleTimelines.of(script -> failing(script, error));

    assertThat(Waterfall.toText(timeline).lines()).contains("failed: input/output error");
    assertThat(TimelineJson.toJson(timeline))
        .contains("\"error\":{\"type\":\"" + error.getClass().getName() + "\",\"message\":null}");
  }

  @Test
  void aPeerCannotMoveTheCursor() {
    Timeline timeline =
        SampleTimelines.of(script -> failing(script, new IOException("a\u001b[2J b\u009b1A")));

    assertThat(Waterfall.toText(timeline).lines()).contains("failed: a\\x1b[2J b\\x9b1A");
  }

  private static void failing(HookScript script, Throwable error) {
    URI uri = URI.create("http://example.test/");
    script
        .at(
            0,
            trace ->
                trace.roundTripStart(RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", uri)))
        .at(
            5,
            trace ->
                trace.roundTripDone(RoundTripDoneInfo.of(RoundTripOutcome.FAILED, null, error)));
  }

  @Test
  void noLineIsWiderThanTheScreen() {
    for (int width = 40; width <= 130; width++) {
      int columns = width;
      assertThat(draw(width, SampleTimelines.of(SampleTimelines::retried)).lines())
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns))
          .noneMatch(line -> line.endsWith(" "));
    }
  }

  @Test
  void showsSecretsWhenAskedTo() {
    String picture =
        Waterfall.builder()
            .redaction(Redaction.NONE)
            .build()
            .draw(SampleTimelines.of(SampleTimelines::cold));

    assertThat(picture).startsWith("GET https://user:secret@example.test/a?key=secret\n");
  }

  @Test
  void saysSoWhenNothingHappened() {
    assertThat(Waterfall.toText(new HookScript().timeline())).isEqualTo("nothing was sent\n");
  }

  private static String draw(int width, Timeline timeline) {
    return Waterfall.builder().width(width).build().draw(timeline);
  }
}
