package io.httptrace.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.httptrace.ByteCounts;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.conformance.timelines.HookScript;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class HtmlExporterTest {
  private static final HtmlExporter EXPORTER = HtmlExporter.create();

  private static final String HOSTILE =
      "</script></style><script>alert(1)</script><img src=x onerror=alert(1)> \"'&amp;";

  static Stream<Named<Consumer<HookScript>>> calls() {
    return Stream.of(
        Named.of("cold", SampleTimelines::cold),
        Named.of("pooled", SampleTimelines::pooled),
        Named.of("refused", SampleTimelines::refused),
        Named.of("cancelledBetweenPhases", SampleTimelines::cancelledBetweenPhases),
        Named.of("unknownHost", SampleTimelines::unknownHost),
        Named.of("retried", SampleTimelines::retried));
  }

  private static ParsedPage page(Consumer<HookScript> call) {
    return ParsedPage.of(EXPORTER.toHtml(SampleTimelines.of(call)));
  }

  private static List<String> bars(ParsedPage page) {
    return page.all("//tbody[@class='phases']//td[@class='bar']/svg/rect").stream()
        .map(bar -> bar.getAttribute("class") + " " + where(bar))
        .toList();
  }

  private static String where(Element bar) {
    return bar.getAttribute("x") + " " + bar.getAttribute("width");
  }

  @Test
  void theBarsOfACallAreWhereItsPhasesAre() {
    assertThat(bars(page(SampleTimelines::cold)))
        .containsExactly(
            "dns 0.100% 9.885%",
            "connect failed 10.035% 4.943%",
            "connect 14.978% 9.985%",
            "tls 25.012% 19.920%",
            "request 44.933% 0.300%",
            "wait 45.082% 29.955%",
            "response 75.037% 24.963%");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void eachPhaseHasARowAndATooltip(Consumer<HookScript> call) {
    Timeline timeline = SampleTimelines.of(call);
    ParsedPage page = ParsedPage.of(EXPORTER.toHtml(timeline));
    List<String> phases =
        timeline.roundTrips().stream()
            .flatMap(roundTrip -> roundTrip.phases().stream())
            .map(phase -> phase.kind().label())
            .toList();

    assertThat(page.texts("//tbody[@class='phases']//th[not(@class='leg')]"))
        .extracting(label -> label.replace(" ✗", ""))
        .isEqualTo(phases);
    assertThat(page.all("//svg[@role='img']"))
        .hasSameSizeAs(phases)
        .allSatisfy(
            bar -> {
              assertThat(bar.getAttribute("aria-label")).contains(" ms");
              assertThat(bar.getAttribute("tabindex")).isEqualTo("0");
              String tip =
                  "//div[@role='tooltip'][@id='" + bar.getAttribute("aria-describedby") + "']";
              assertThat(page.texts(tip)).singleElement().asString().contains("Duration");
            });
    assertThat(page.all("//table[@class='list'][.//th='Details']/tbody/tr")).hasSameSizeAs(phases);
  }

  @Test
  void aTooltipSaysWhatIsKnownOfAPhase() {
    ParsedPage page = page(SampleTimelines::cold);

    assertThat(page.texts("//div[@id='call-1-tip-1']/p"))
        .containsExactly("Looking up the host name");
    assertThat(page.texts("//div[@id='call-1-tip-1']//dt"))
        .containsExactly("Duration", "From", "To", "Host", "Addresses");
    assertThat(page.texts("//div[@id='call-1-tip-1']//dd"))
        .containsExactly(
            "19.800 ms", "0.200 ms", "20.000 ms", "example.test", "2001:db8::2 192.0.2.7");
    assertThat(page.texts("//div[@id='call-1-tip-2']//dd")).contains("failed: refused");
  }

  @Test
  void theTablesHaveFieldsConnectionAndTls() {
    ParsedPage page = page(SampleTimelines::cold);

    assertThat(page.texts("//h2")).containsExactly("GET https://***@example.test/a?key=***");
    assertThat(page.texts("//div[h4='Request header']//td")).containsExactly("example.test", "***");
    assertThat(page.texts("//div[h4='Response header']//th"))
        .containsExactly("Content-Type", "Set-Cookie", "Set-Cookie");
    assertThat(page.texts("//div[h4='Connection']//td"))
        .containsExactly("#1", "new", "HTTP/1.1", "192.0.2.1:50000", "192.0.2.7:443");
    assertThat(page.texts("//div[h4='TLS']//td"))
        .containsExactly(
            "TLSv1.3", "full handshake", "TLS_AES_128_GCM_SHA256", "http/1.1", "example.test");
    assertThat(page.texts("//ul[@class='chips']/li"))
        .containsExactly(
            "200 HTTP/1.1",
            "200.300 ms",
            "first byte after 150.300 ms",
            "body 16.3 kB",
            "new connection");
  }

  @Test
  void eachEventIsInTheTableOfEvents() {
    Timeline timeline = SampleTimelines.of(SampleTimelines::cold);
    ParsedPage page = ParsedPage.of(EXPORTER.toHtml(timeline));

    assertThat(page.texts("//details[starts-with(summary, 'Events')]//tbody/tr/td[2]"))
        .isEqualTo(timeline.events().stream().map(event -> event.hook().toString()).toList());
  }

  @Test
  void itSaysWhereTheTimeWent() {
    assertThat(page(SampleTimelines::cold).texts("//div[@class='shares']//li"))
        .containsExactly(
            "dns 10 %, 19.800 ms",
            "connect 15 %, 29.900 ms",
            "tls 20 %, 39.900 ms",
            "request < 1 %, 0.300 ms",
            "wait 30 %, 60.000 ms",
            "response 25 %, 50.000 ms",
            "client < 1 %, 0.400 ms");
  }

  @Test
  void aFailureIsNamedAboveTheBars() {
    ParsedPage page = page(SampleTimelines::refused);

    assertThat(page.texts("//ul[@class='chips']/li[@class='bad']"))
        .containsExactly("failed in connect: Connection refused");
    assertThat(bars(page)).containsExactly("connect failed 20.000% 60.000%");
  }

  @Test
  void roundTripsAreOnOneScaleAndEachHasItsTables() {
    ParsedPage page = page(SampleTimelines::retried);

    assertThat(page.texts("//th[@class='leg']"))
        .containsExactly(
            "#1 first GET http://example.test/", "#2 retry GET http://example.test/ 404");
    assertThat(page.all("//div[h4='Figures']")).hasSize(2);
    assertThat(page.texts("//ul[@class='chips']/li")).contains("404 HTTP/1.1", "2 round trips");
  }

  // ---- What peers send ----

  private static Timeline hostile(String text) {
    HookScript script = new HookScript();
    script
        .at(
            0,
            trace ->
                trace.roundTripStart(
                    RoundTripStartInfo.of(
                        1, RoundTripReason.FIRST, text, URI.create("http://a.test/'?b=%3Cc%3E"))))
        .at(1, trace -> trace.getConn(text))
        .at(2, trace -> trace.wroteHeaderField(text, List.of(text)))
        .at(
            3,
            trace -> trace.gotResponse(GotResponseInfo.of(200, text, Map.of(text, List.of(text)))))
        .at(
            9,
            trace ->
                trace.roundTripDone(
                    RoundTripDoneInfo.of(
                        RoundTripOutcome.FAILED, ByteCounts.NONE, new IOException(text))));
    return script.timeline();
  }

  @Test
  void whatAPeerSendsStaysText() {
    String html = EXPORTER.redaction(Redaction.NONE).toHtml(hostile(HOSTILE));
    ParsedPage page = ParsedPage.of(html);

    assertThat(page.texts("//div[h4='Request header']//th")).containsExactly(HOSTILE);
    assertThat(page.texts("//div[h4='Response header']//td")).containsExactly(HOSTILE);
    assertThat(page.texts("//title")).singleElement().asString().contains(HOSTILE);
    assertThat(page.all("//*"))
        .allSatisfy(
            element -> {
              assertThat(element.getNodeName()).isNotIn("script", "img", "a", "link", "iframe");
              for (int i = 0; i < element.getAttributes().getLength(); i++) {
                String name = element.getAttributes().item(i).getNodeName();
                assertThat(name).doesNotStartWith("on").isNotIn("style", "src", "href");
              }
            });
    assertThat(html)
        .containsOnlyOnce("<style")
        .containsOnlyOnce("</style")
        .doesNotContain("<script");
  }

  @Test
  void whatCannotBeShownIsEscaped() {
    String odd = "a\0\u001b[31m\n\u202eb\u2066\ud800c\ufffe\u00e4";
    ParsedPage page = ParsedPage.of(EXPORTER.toHtml(hostile(odd)));

    assertThat(page.texts("//div[h4='Request header']//td"))
        .containsExactly("a\\x00\\x1b[31m\\x0a\\u202eb\\u2066\ufffdc\ufffd\u00e4");
  }

  // ---- The page itself ----

  @Test
  void thePageMayLoadNothingAndHasNothingToLoad() throws Exception {
    String html = EXPORTER.toHtml(SampleTimelines.of(SampleTimelines::cold));
    ParsedPage page = ParsedPage.of(html);
    String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

    assertThat(page.all("//meta[@http-equiv='Content-Security-Policy']"))
        .extracting(meta -> meta.getAttribute("content"))
        .containsExactly(
            "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(hash)
                + "'; base-uri 'none'; form-action 'none'");
    assertThat(style).doesNotContain("url(", "@import", "@font-face");
    assertThat(html).startsWith("<!DOCTYPE html>\n").endsWith("</html>\n");
  }

  @Test
  void eachKindOfPhaseHasAColourOnALightAndOnADarkPage() {
    String sheet = PageStyle.ONLY.sheet();
    for (PhaseKind kind : PhaseKind.values()) {
      String name = kind == PhaseKind.PROXY_TLS ? "proxy" : kind.label();
      assertThat(sheet).contains("." + kind.label()).contains("{fill:var(--" + name + ")}");
      assertThat(sheet.split("--" + name + ":", -1)).as(name).hasSize(3);
    }
  }

  @Test
  void secretsAreMaskedUnlessTheyAreToBeShown() {
    Timeline timeline = SampleTimelines.of(SampleTimelines::cold);

    assertThat(EXPORTER.toHtml(timeline)).doesNotContain("secret").contains("are masked");
    assertThat(EXPORTER.redaction(Redaction.NONE).toHtml(timeline))
        .contains("user:secret@", "key=secret", "c=secret", "a=secret")
        .contains("Secrets are shown.");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aCallThatIsUnderWayIsAPageToo(Consumer<HookScript> call) {
    HookScript[] script = new HookScript[1];
    int[] seen = new int[1];
    script[0] =
        new HookScript(
            event -> {
              ParsedPage page = ParsedPage.of(EXPORTER.toHtml(script[0].timeline()));
              assertThat(page.all("//section")).hasSize(1);
              seen[0]++;
            });
    call.accept(script[0]);
    assertThat(seen[0]).isGreaterThan(3);
  }

  @Test
  void severalCallsAreSectionsWithIdsOfTheirOwn() {
    Timeline one = SampleTimelines.of(SampleTimelines::pooled);
    Timeline two = SampleTimelines.of(SampleTimelines::retried);
    ParsedPage page = ParsedPage.of(EXPORTER.toHtml(List.of(one, two)));

    assertThat(page.texts("//h2"))
        .containsExactly("GET https://***@example.test/a?key=***", "GET http://example.test/");
    assertThat(page.all("//*[@id]").stream().map(element -> element.getAttribute("id")))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(6);
  }

  @Test
  void withoutCallsItSaysSo() {
    assertThat(ParsedPage.of(EXPORTER.toHtml(List.of())).texts("//header/p"))
        .containsExactly("No requests.");
    assertThat(ParsedPage.of(EXPORTER.toHtml(new HookScript().timeline())).texts("//h2"))
        .containsExactly("Nothing was sent");
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> EXPORTER.toHtml((Timeline) null));
    assertThatNullPointerException().isThrownBy(() -> EXPORTER.redaction(null));
  }
}
