package io.httptrace.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ByteCounts;
import io.httptrace.ClientTrace;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.WroteRequestInfo;
import io.httptrace.conformance.timelines.SampleTimelines;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a server says it took for, on the page. */
class ServerTimingRowsTest {

  private static ParsedPage page(String timing) {
    return ParsedPage.of(
        HtmlExporter.create()
            .toHtml(
                SampleTimelines.of(
                    script ->
                        script
                            .at(
                                0,
                                trace ->
                                    trace.roundTripStart(
                                        RoundTripStartInfo.of(
                                            1,
                                            RoundTripReason.FIRST,
                                            "GET",
                                            URI.create("http://a.test/"))))
                            .at(100, ClientTrace::wroteHeaders)
                            .at(100, trace -> trace.wroteRequest(WroteRequestInfo.of(null)))
                            .at(60_000, ClientTrace::gotFirstResponseByte)
                            .at(
                                60_000,
                                trace ->
                                    trace.gotResponse(
                                        GotResponseInfo.of(
                                            200,
                                            "HTTP/1.1",
                                            Map.of("Server-Timing", List.of(timing)))))
                            .at(
                                70_000,
                                trace ->
                                    trace.roundTripDone(
                                        RoundTripDoneInfo.of(
                                            RoundTripOutcome.COMPLETED,
                                            ByteCounts.of(1, 1, 0, 0),
                                            null))))));
  }

  @Test
  void itsPartsStandBelowTheWaitForIt() {
    ParsedPage page = page("db;dur=53.5;desc=\"from <disk>\", miss");

    assertThat(page.texts("//tbody[@class='phases']/tr/th"))
        .containsSubsequence("wait", "db", "miss", "response");
    assertThat(page.texts("//tr[@class='part'][th='db']/td[not(svg)]"))
        .containsExactly("53.500 ms", "from <disk>");
    assertThat(page.texts("//tr[@class='part'][th='miss']/td[not(svg)]")).containsExactly("", "");
  }

  @Test
  void theyHaveNoBarBecauseNobodySaysWhenTheyWere() {
    ParsedPage page = page("db;dur=53.5");

    assertThat(page.all("//tr[@class='part']")).hasSize(1);
    assertThat(page.all("//tr[@class='part']//rect")).isEmpty();
  }
}
