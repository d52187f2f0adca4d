package io.httptrace.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.cli.Csv;
import io.httptrace.cli.text.Printer;
import io.httptrace.conformance.timelines.HookScript;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Requests whose times are known. */
final class CsvRecordsTest {

  private static String csv(Redaction redaction, Timeline... timelines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvRecords records = new CsvRecords(new Printer(out), redaction);
    for (Timeline timeline : timelines) {
      records.add(timeline, null, null);
    }
    records.end();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLineHasTheTimesOfAllPhases() {
    assertThat(
            csv(
                Redaction.MASK_SECRETS,
                SampleTimelines.of(SampleTimelines::cold),
                SampleTimelines.of(SampleTimelines::refused)))
        .isEqualTo(
            """
            request,roundTrip,reason,startedAt,method,uri,\
            outcome,status,failedPhase,error,\
            connectionId,reused,protocol,tlsVersion,remoteAddress,\
            queueNanos,dnsNanos,connectNanos,proxyTlsNanos,proxyNanos,tlsNanos,\
            requestNanos,waitNanos,responseNanos,clientNanos,totalNanos,timeToFirstByteNanos,\
            wireSent,wireReceived,contentSent,contentReceived
            1,1,first,2030-01-02T03:04:05.678Z,GET,https://***@example.test/a?key=***,\
            completed,200,,,\
            1,false,HTTP/1.1,TLSv1.3,192.0.2.7:443,\
            ,19800000,29900000,,,39900000,\
            300000,60000000,50000000,400000,200300000,150300000,\
            123,16500,0,16340
            2,1,first,2030-01-02T03:04:05.678Z,GET,http://192.0.2.7:1/,\
            failed,,connect,Connection refused,\
            ,,,,,\
            ,,300000,,,,\
            ,,,200000,500000,,\
            0,0,0,0
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void secretsAreShownOnRequest() {
    assertThat(csv(Redaction.NONE, SampleTimelines.of(SampleTimelines::cold)))
        .contains(",https://user:secret@example.test/a?key=secret,");
  }

  @Test
  void attemptsThatOverlapCountOnce() {
    Timeline timeline = SampleTimelines.of(SampleTimelines::retried);
    String csv = csv(Redaction.MASK_SECRETS, timeline);

    assertThat(Csv.column(Csv.parse(csv), "totalNanos")).containsExactly("1000000", "8100000");
    assertThat(Csv.column(Csv.parse(csv), "connectNanos"))
        .satisfiesExactly(
            none -> assertThat(none).isEmpty(),
            time -> assertThat(Long.parseLong(time)).isBetween(4_800_000L, 4_900_000L));
    assertThat(Csv.column(Csv.parse(csv), "clientNanos")).containsExactly("100000", "100000");
  }

  @Test
  void whatAFieldHasInItDoesNotEndIt() {
    HookScript script = new HookScript();
    IOException error = new IOException("no \"a, b\" here,\u001b\ntry again");
    script
        .at(
            0,
            trace ->
                trace.roundTripStart(
                    RoundTripStartInfo.of(
                        1, RoundTripReason.FIRST, "GET", URI.create("http://a.test/b,c"))))
        .at(
            9,
            trace ->
                trace.roundTripDone(RoundTripDoneInfo.of(RoundTripOutcome.FAILED, null, error)));
    String csv = csv(Redaction.MASK_SECRETS, script.timeline());

    assertThat(csv).contains(",\"http://a.test/b,c\",").doesNotContain("\u001b");
    assertThat(Csv.column(Csv.parse(csv), "uri")).containsExactly("http://a.test/b,c");
    assertThat(Csv.column(Csv.parse(csv), "error"))
        .containsExactly("no \"a, b\" here,\\x1b; try again");
  }

  @Test
  void aRequestThatSentNothingHasNoLine() {
    assertThat(csv(Redaction.MASK_SECRETS, new HookScript().timeline())).isEmpty();
  }
}
