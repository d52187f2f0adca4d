package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WaterfallRendererTest {

  @Test
  void drawsAColdRequestPhaseByPhase() {
    assertThat(draw(80, Glyphs.BLOCKS, Stories.timelineOf(Stories::cold)))
        .isEqualTo(
            """
            GET https://***@example.test/a?key=***
            200 HTTP/1.1, body 16.3 kB
            connection #1 new, HTTP/1.1, 192.0.2.1:50000 -> 192.0.2.7:443
            TLSv1.3 TLS_AES_128_GCM_SHA256, ALPN http/1.1
            dns       ██▊                            19.800 ms  2001:db8::2 192.0.2.7
            connect     ██▎✗                          9.900 ms  [2001:db8::2]:443, refused
            connect       ███                        20.000 ms  192.0.2.7:443
            tls              █████▋                  39.900 ms  TLSv1.3, full handshake
            request               ▋                   0.300 ms  123 bytes
            wait                  █████████          60.000 ms
            response                       ███████   50.000 ms  16.5 kB
            client                                    0.400 ms  in no phase
            total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━  200.300 ms  first byte after 150.300 ms
            """);
  }

  @Test
  void drawsNoLookupNorConnectNorTlsForAPooledConnection() {
    assertThat(draw(80, Glyphs.BLOCKS, Stories.timelineOf(Stories::pooled)))
        .isEqualTo(
            """
            GET https://***@example.test/a?key=***
            200 HTTP/1.1, body 16.3 kB
            connection #1 reused, idle for 1.500 ms, request 2 on it, HTTP/1.1,
            192.0.2.1:50000 -> 192.0.2.7:443
            TLSv1.3 TLS_AES_128_GCM_SHA256, ALPN http/1.1
            request   ▏                               0.300 ms  123 bytes
            wait      ███████████████▍               60.000 ms
            response                 █████████████   50.000 ms  16.5 kB
            client                                    0.200 ms  in no phase
            total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━  110.500 ms  first byte after 60.500 ms
            """);
  }

  @Test
  void drawsAtTheScaleOfAnotherPictureWhenAskedTo() {
    String picture =
        renderer(80, Glyphs.BLOCKS, AnsiPalette.PLAIN)
            .render(Stories.timelineOf(Stories::pooled), Duration.ofMillis(221));

    assertThat(picture.lines().skip(5))
        .containsExactly(
            "request   ▏                               0.300 ms  123 bytes",
            "wait      ███████▋                       60.000 ms",
            "response         ███████                 50.000 ms  16.5 kB",
            "client                                    0.200 ms  in no phase",
            "total     ━━━━━━━━━━━━━━                110.500 ms  first byte after 60.500 ms");
  }

  @Test
  void drawsAFailureUpToWhereItDied() {
    assertThat(draw(80, Glyphs.BLOCKS, Stories.timelineOf(Stories::refused)))
        .isEqualTo(
            """
            GET http://192.0.2.7:1/
            failed in connect
            connect        █████████████████▍✗        0.300 ms  192.0.2.7:1, failed
            client                                    0.200 ms  in no phase
            total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━    0.500 ms
            """);
    assertThat(draw(80, Glyphs.BLOCKS, Stories.timelineOf(Stories::cancelledBetweenPhases)))
        .contains("\nfailed past connect\n");
    assertThat(draw(80, Glyphs.BLOCKS, Stories.timelineOf(Stories::unknownHost)))
        .isEqualTo(
            """
            GET http://nowhere.test/
            failed in dns
            dns       ███████████████████████████✗    9.900 ms  nowhere.test, failed
            client                                    0.200 ms  in no phase
            total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━   10.100 ms
            """);
  }

  @Test
  void drawsTheRoundTripsOneAfterTheOther() {
    assertThat(draw(120, Glyphs.BLOCKS, Stories.timelineOf(Stories::retried)))
        .isEqualTo(
            """
            #1 first: GET http://example.test/
            failed in wait: Connection reset
            connection #1 reused, idle for 9000.000 ms, request 5 on it, HTTP/1.1, 192.0.2.1:50000 -> 192.0.2.7:80
            request   █▏                                                        0.100 ms  0 bytes
            wait       ████▉✗                                                   0.800 ms  failed
            client                                                              0.100 ms  in no phase

            #2 retry: GET http://example.test/
            404 HTTP/1.1, body 1 byte
            connection #3 new, HTTP/1.1, 192.0.2.1:50000 -> 192.0.2.7:80
            connect          ████████████████████████████▊                      4.900 ms  [2001:db8::2]:80, given up
            connect                          ████████████▎                      2.000 ms  192.0.2.7:80
            request                                      █▍                     0.200 ms  40 bytes
            wait                                          ████████████████▉     2.800 ms
            response                                                      ██    0.200 ms  99 bytes
            client                                                              0.100 ms  in no phase
            total     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━    9.200 ms
            """);
  }

  @Test
  void putsDetailsBelowTheBarsWhereThereIsNoRoomBesideThem() {
    assertThat(draw(40, Glyphs.BLOCKS, Stories.timelineOf(Stories::cold)))
        .isEqualTo(
            """
            GET https://***@example.test/a?key=***
            200 HTTP/1.1, body 16.3 kB
            connection #1 new, HTTP/1.1,
            192.0.2.1:50000 -> 192.0.2.7:443
            TLSv1.3 TLS_AES_128_GCM_SHA256, ALPN
            http/1.1
            dns       █▊                   19.800 ms
                      2001:db8::2 192.0.2.7
            connect    █▊✗                  9.900 ms
                      [2001:db8::2]:443, refused
            connect     ██▌                20.000 ms
                      192.0.2.7:443
            tls           ████▏            39.900 ms
                      TLSv1.3, full handshake
            request           ▏             0.300 ms
                      123 bytes
            wait              █████▌       60.000 ms
            response               █████   50.000 ms
                      16.5 kB
            client                          0.400 ms
                      in no phase
            total     ━━━━━━━━━━━━━━━━━━  200.300 ms
                      first byte after 150.300 ms
            """);
  }

  @Test
  void needsNothingButAsciiWhereThatIsAllThereIs() {
    assertThat(draw(80, Glyphs.ASCII, Stories.timelineOf(Stories::cold)))
        .isEqualTo(
            """
            GET https://***@example.test/a?key=***
            200 HTTP/1.1, body 16.3 kB
            connection #1 new, HTTP/1.1, 192.0.2.1:50000 -> 192.0.2.7:443
            TLSv1.3 TLS_AES_128_GCM_SHA256, ALPN http/1.1
            dns       ###                            19.800 ms  2001:db8::2 192.0.2.7
            connect     ##x                           9.900 ms  [2001:db8::2]:443, refused
            connect       ###                        20.000 ms  192.0.2.7:443
            tls              #####|                  39.900 ms  TLSv1.3, full handshake
            request               |                   0.300 ms  123 bytes
            wait                  #########          60.000 ms
            response                       #######   50.000 ms  16.5 kB
            client                                    0.400 ms  in no phase
            total     ============================  200.300 ms  first byte after 150.300 ms
            """);
  }

  @Test
  void paintsPhasesFactsAndFailures() {
    String picture =
        renderer(80, Glyphs.ASCII, AnsiPalette.COLOR)
            .render(Stories.timelineOf(Stories::refused), Duration.ZERO);

    assertThat(picture.replace("\u001b", "^"))
        .isEqualTo(
            """
            ^[1mGET http://192.0.2.7:1/^[0m
            ^[1;31mfailed in connect^[0m
            ^[1;31mconnect^[0m        ^[1;31m#################|x^[0m        0.300 ms  ^[2m192.0.2.7:1, failed^[0m
            ^[2mclient^[0m                                    0.200 ms  ^[2min no phase^[0m
            ^[1mtotal^[0m     ^[1m============================^[0m    0.500 ms
            """);
  }

  @Test
  void isTheSameInColorButForTheColor() {
    Timeline timeline = Stories.timelineOf(Stories::retried);
    String colored =
        renderer(100, Glyphs.BLOCKS, AnsiPalette.COLOR).render(timeline, Duration.ZERO);

    assertThat(colored.replaceAll("\u001b\\[[0-9;]*m", ""))
        .isEqualTo(draw(100, Glyphs.BLOCKS, timeline));
  }

  @Test
  void noLineIsWiderThanTheScreen() {
    for (int width = Screen.MIN_WIDTH; width <= 130; width++) {
      int columns = width;
      assertThat(draw(width, Glyphs.BLOCKS, Stories.timelineOf(Stories::retried)).lines())
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns))
          .noneMatch(line -> line.endsWith(" "));
    }
  }

  @Test
  void showsSecretsWhenAskedTo() {
    String picture =
        new WaterfallRenderer(new Screen(80, AnsiPalette.PLAIN, Glyphs.ASCII), Redaction.NONE)
            .render(Stories.timelineOf(Stories::cold), Duration.ZERO);

    assertThat(picture).startsWith("GET https://user:secret@example.test/a?key=secret\n");
  }

  @Test
  void saysSoWhenNothingHappened() {
    assertThat(draw(80, Glyphs.BLOCKS, new Recording().timeline())).isEqualTo("nothing was sent\n");
  }

  private static String draw(int width, Glyphs glyphs, Timeline timeline) {
    return renderer(width, glyphs, AnsiPalette.PLAIN).render(timeline, Duration.ZERO);
  }

  private static WaterfallRenderer renderer(int width, Glyphs glyphs, AnsiPalette palette) {
    return new WaterfallRenderer(new Screen(width, palette, glyphs), Redaction.MASK_SECRETS);
  }
}
