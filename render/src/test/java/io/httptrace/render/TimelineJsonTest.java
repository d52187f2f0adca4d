package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.httptrace.Hook;
import io.httptrace.HookSupport;
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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TimelineJsonTest {

  @Test
  void writesATimelineOnOneLine() {
    String json = TimelineJson.toJson(SampleTimelines.of(SampleTimelines::cold));

    assertThat(json).doesNotContain("\n");
    assertThat(spread(json))
        .isEqualTo(
            """
            {"schema":"httptrace/2","startedAt":"2030-01-02T03:04:05.678Z","totalNanos":200300000,"ended":true,"droppedEvents":0,"roundTrips":[
            {"number":1,"reason":"first","method":"GET","uri":"https://***@example.test/a?key=***","hostPort":"example.test:443","proxy":null,"outcome":"completed","failedPhase":null,"failedAfter":null,"error":null,"startNanos":0,"endNanos":200300000,"totalNanos":200300000,"timeToConnectionNanos":90000000,"connectNanos":29900000,"connectWithTlsNanos":69900000,"timeToFirstByteNanos":150300000,"serverNanos":60000000,"clientNanos":400000,"connection":{"id":1,"reused":false,"wasIdle":false,"idleNanos":null,"requestsBefore":0,"dialledForAnotherRequest":false,"localAddress":"192.0.2.1:50000","remoteAddress":"192.0.2.7:443","protocol":"HTTP/1.1","tls":{"version":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","applicationProtocol":"http/1.1","serverName":"example.test","resumed":false,"certificates":[]}},"requestHeaders":[
            {"name":"Host","values":["example.test"]},
            {"name":"Cookie","values":["***"]}],"informationalResponses":[],"response":{"status":200,"protocol":"HTTP/1.1","headers":[
            {"name":"Content-Type","values":["text/plain"]},
            {"name":"Set-Cookie","values":["***","***"]}],"serverTiming":[]},"bytes":{"wireSent":123,"wireReceived":16500,"contentSent":0,"contentReceived":16340},
            "phases":[
            {"kind":"dns","startNanos":200000,"endNanos":20000000,"durationNanos":19800000,"outcome":"done","error":null,"connectionId":1,"abandoned":false,"host":"example.test","addresses":["2001:db8::2","192.0.2.7"],"coalesced":false,"resolver":null},
            {"kind":"connect","startNanos":20100000,"endNanos":30000000,"durationNanos":9900000,"outcome":"failed","error":{"type":"java.net.ConnectException","message":"refused"},"connectionId":1,"abandoned":false,"address":"[2001:db8::2]:443"},
            {"kind":"connect","startNanos":30000000,"endNanos":50000000,"durationNanos":20000000,"outcome":"done","error":null,"connectionId":1,"abandoned":false,"address":"192.0.2.7:443"},
            {"kind":"tls","startNanos":50100000,"endNanos":90000000,"durationNanos":39900000,"outcome":"done","error":null,"connectionId":1,"abandoned":false,"tls":{"version":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","applicationProtocol":"http/1.1","serverName":"example.test","resumed":false,"certificates":[]}},
            {"kind":"request","startNanos":90000000,"endNanos":90300000,"durationNanos":300000,"outcome":"done","error":null,"connectionId":1,"abandoned":false},
            {"kind":"wait","startNanos":90300000,"endNanos":150300000,"durationNanos":60000000,"outcome":"done","error":null,"connectionId":1,"abandoned":false},
            {"kind":"response","startNanos":150300000,"endNanos":200300000,"durationNanos":50000000,"outcome":"done","error":null,"connectionId":1,"abandoned":false}],"notObservable":null}],"connections":[
            {"id":1,"dialledByRoundTrip":1,"usedByRoundTrips":[1],"abandoned":false,
            "phases":[
            {"kind":"dns","startNanos":200000,"endNanos":20000000,"durationNanos":19800000,"outcome":"done","error":null,"connectionId":1,"abandoned":false,"host":"example.test","addresses":["2001:db8::2","192.0.2.7"],"coalesced":false,"resolver":null},
            {"kind":"connect","startNanos":20100000,"endNanos":30000000,"durationNanos":9900000,"outcome":"failed","error":{"type":"java.net.ConnectException","message":"refused"},"connectionId":1,"abandoned":false,"address":"[2001:db8::2]:443"},
            {"kind":"connect","startNanos":30000000,"endNanos":50000000,"durationNanos":20000000,"outcome":"done","error":null,"connectionId":1,"abandoned":false,"address":"192.0.2.7:443"},
            {"kind":"tls","startNanos":50100000,"endNanos":90000000,"durationNanos":39900000,"outcome":"done","error":null,"connectionId":1,"abandoned":false,"tls":{"version":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","applicationProtocol":"http/1.1","serverName":"example.test","resumed":false,"certificates":[]}}]}]}
            """);
  }

  @Test
  void saysWhatTheClientCannotShow() {
    HookSupport support =
        HookSupport.builder().never("hidden by the library", Hook.DNS_START, Hook.DNS_DONE).build();
    Timeline timeline =
        new HookScript()
            .at(0, t -> t.roundTripStart(start(support)))
            .at(
                5,
                t -> t.roundTripDone(RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, null, null)))
            .timeline();

    assertThat(TimelineJson.toJson(timeline))
        .contains(
            "\"phases\":[],\"notObservable\":[{\"kind\":\"dns\",\"reason\":\"hidden by the library\"}]}");
    assertThat(Waterfall.toText(timeline).lines())
        .contains("GET http://example.test/", "dns is not observable: hidden by the library");
  }

  private static RoundTripStartInfo start(HookSupport support) {
    URI uri = URI.create("http://example.test/");
    return RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", uri, support);
  }

  @Test
  void writesNullForWhatDidNotHappen() {
    String json = TimelineJson.toJson(SampleTimelines.of(SampleTimelines::refused));

    assertThat(spread(json))
        .isEqualTo(
            """
            {"schema":"httptrace/2","startedAt":"2030-01-02T03:04:05.678Z","totalNanos":500000,"ended":true,"droppedEvents":0,"roundTrips":[
            {"number":1,"reason":"first","method":"GET","uri":"http://192.0.2.7:1/","hostPort":"192.0.2.7:1","proxy":null,"outcome":"failed","failedPhase":"connect","failedAfter":null,"error":{"type":"java.net.ConnectException","message":"Connection refused"},"startNanos":0,"endNanos":500000,"totalNanos":500000,"timeToConnectionNanos":null,"connectNanos":null,"connectWithTlsNanos":null,"timeToFirstByteNanos":null,"serverNanos":null,"clientNanos":200000,"connection":null,"requestHeaders":[],"informationalResponses":[],"response":null,"bytes":{"wireSent":0,"wireReceived":0,"contentSent":0,"contentReceived":0},
            "phases":[
            {"kind":"connect","startNanos":100000,"endNanos":400000,"durationNanos":300000,"outcome":"failed","error":{"type":"java.net.ConnectException","message":"Connection refused"},"connectionId":1,"abandoned":false,"address":"192.0.2.7:1"}],"notObservable":null}],"connections":[
            {"id":1,"dialledByRoundTrip":1,"usedByRoundTrips":[],"abandoned":false,
            "phases":[
            {"kind":"connect","startNanos":100000,"endNanos":400000,"durationNanos":300000,"outcome":"failed","error":{"type":"java.net.ConnectException","message":"Connection refused"},"connectionId":1,"abandoned":false,"address":"192.0.2.7:1"}]}]}
            """);
  }

  @Test
  void tellsAbandonedDialsFromUsedConnections() {
    String json = TimelineJson.toJson(SampleTimelines.of(SampleTimelines::retried));

    assertThat(spread(json.substring(json.indexOf("\"connections\""))))
        .isEqualTo(
            """
            "connections":[
            {"id":1,"dialledByRoundTrip":null,"usedByRoundTrips":[1],"abandoned":false,
            "phases":[]},
            {"id":2,"dialledByRoundTrip":2,"usedByRoundTrips":[],"abandoned":true,
            "phases":[
            {"kind":"connect","startNanos":1200000,"endNanos":6100000,"durationNanos":4900000,"outcome":"failed","error":{"type":"java.util.concurrent.CancellationException","message":"lost"},"connectionId":2,"abandoned":true,"address":"[2001:db8::2]:80"}]},
            {"id":3,"dialledByRoundTrip":2,"usedByRoundTrips":[2],"abandoned":false,
            "phases":[
            {"kind":"connect","startNanos":4000000,"endNanos":6000000,"durationNanos":2000000,"outcome":"done","error":null,"connectionId":3,"abandoned":false,"address":"192.0.2.7:80"}]}]}
            """);
  }

  @Test
  void showsSecretsWhenAskedTo() {
    String json = TimelineJson.toJson(SampleTimelines.of(SampleTimelines::cold), Redaction.NONE);

    assertThat(json)
        .contains("\"uri\":\"https://user:secret@example.test/a?key=secret\"")
        .contains("{\"name\":\"Cookie\",\"values\":[\"c=secret\"]}");
  }

  @Test
  void writesAnEmptyTimeline() {
    assertThat(TimelineJson.toJson(new HookScript().timeline(), Redaction.NONE))
        .isEqualTo(
            "{\"schema\":\"httptrace/2\",\"startedAt\":\"2030-01-02T03:04:05.678Z\","
                + "\"totalNanos\":null,\"ended\":false,\"droppedEvents\":0,"
                + "\"roundTrips\":[],\"connections\":[]}");
  }

  @Test
  void writesMembersOfTheCallersOwnAfterItsOwn() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("requestId", "a \"b\"");
    members.put("user", null);
    members.put("shard", 7);
    members.put("load", 0.5);
    members.put("tags", List.of("x", Map.of("y", true)));

    assertThat(TimelineJson.toJson(new HookScript().timeline(), Redaction.NONE, members))
        .endsWith(
            ",\"roundTrips\":[],\"connections\":[],\"requestId\":\"a \\\"b\\\"\",\"user\":null,"
                + "\"shard\":7,\"load\":0.5,\"tags\":[\"x\",{\"y\":true}]}");
  }

  @Test
  void aMemberThatJsonHasNoFormForIsRefused() {
    refused(
        Map.of("when", Instant.EPOCH), "member \"when\": JSON has no form for a java.time.Instant");
    refused(Map.of("ratio", Double.NaN), "member \"ratio\": JSON has no form for NaN");
    refused(
        Map.of("all", List.of(new Object())),
        "member \"all\": JSON has no form for a java.lang.Object");
  }

  @Test
  void everyMemberOfTheTimelineIsItsOwn() throws IOException {
    Timeline timeline = new HookScript().timeline();
    new ObjectMapper()
        .readTree(TimelineJson.toJson(timeline))
        .fieldNames()
        .forEachRemaining(
            name -> refused(Map.of(name, 1), "the timeline already has a member \"" + name + "\""));
  }

  private static void refused(Map<String, ?> members, String message) {
    assertThatThrownBy(
            () -> TimelineJson.toJson(new HookScript().timeline(), Redaction.NONE, members))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  /** One object or array to a line, for the eye. */
  private static String spread(String json) {
    return json.replace(",{", ",\n{").replace("[{", "[\n{").replace(",\"phases\"", ",\n\"phases\"")
        + "\n";
  }
}
