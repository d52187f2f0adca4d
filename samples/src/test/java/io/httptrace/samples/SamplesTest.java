package io.httptrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final String IP = "(127\\.0\\.0\\.1|\\[?[0:]+1(%\\w+)?\\]?)";
  private static final String DNS =
      "DNS Info: \\{Addrs:\\[.*" + IP + ".*\\] Err:null Coalesced:false\\}";
  private static final String COLD =
      "Got Conn: \\{Conn:#1 HTTP/1\\.1 .*->.* Reused:false WasIdle:false IdleTime:PT0S\\}";
  private static final String POOLED =
      "Got Conn: \\{Conn:#1 HTTP/1\\.1 .*->.* Reused:true WasIdle:true IdleTime:PT0\\.[0-9]+S\\}";

  @Test
  void gotConnExamplePrintsTheLookupAndTheConnection() throws Exception {
    matches(Output.of(GotConnExample::main), DNS, COLD);
  }

  @Test
  void gotConnExampleTakesAUrl() throws Exception {
    try (SampleServer server = SampleServer.start()) {
      String url = server.uri("127.0.0.1", "/").toString();

      matches(Output.of(() -> GotConnExample.main(url)), COLD);
    }
  }

  @Test
  void readmeExampleLooksUpAndConnectsOnlyOnce() throws Exception {
    matches(
        Output.of(ReadmeExample::main),
        DNS,
        "Connected: .*",
        COLD,
        "\\(GET http://localhost:\\d+/\\) 200",
        POOLED,
        "\\(GET http://localhost:\\d+/\\) 200");
  }

  @Test
  void eachCallPrintsItsTimeline() throws Exception {
    String ms = " DONE \\d+\\.\\d{3}ms";
    matches(
        Output.of(TimelineOfEachCall::main),
        "Timeline\\[\\S+Z \\d+\\.\\d{3}ms",
        "  #1 FIRST GET http://localhost:\\d+/ 200 COMPLETED \\d+\\.\\d{3}ms"
            + " \\[DNS"
            + ms
            + ", CONNECT"
            + ms
            + ", REQUEST"
            + ms
            + ", WAIT"
            + ms
            + ", RESPONSE"
            + ms
            + "\\]\\]");
  }

  @Test
  void aRecorderKeepsItsRequestsApart() throws Exception {
    matches(
        Output.of(RecordSeveralRequests::main),
        "1 round trip: Timeline\\[.*",
        "  #1 FIRST GET http://localhost:\\d+/a 200 COMPLETED .*",
        "1 round trip: Timeline\\[.*",
        "  #1 FIRST GET http://localhost:\\d+/b 200 COMPLETED .*");
  }

  @Test
  void whatAClientCannotTellIsSaid() throws Exception {
    assertThat(Output.of(NotObservable::main))
        .containsExactly(
            "DNS is not observable: the JDK's client does not tell",
            "CONNECT is not observable: the JDK's client does not tell");
  }

  @Test
  void printTimelinePrintsThePhasesInOrder() throws Exception {
    String times = " at +\\d+ µs, took +\\d+ µs";
    matches(
        Output.of(PrintTimeline::main),
        "DNS     " + times,
        "CONNECT " + times,
        "REQUEST " + times,
        "WAIT    " + times,
        "RESPONSE" + times);
  }

  @Test
  void contextReachesTheThreadsItIsTakenTo() throws Exception {
    assertThat(Output.of(ContextAcrossExecutors::main))
        .containsExactly("traced: /same-thread", "traced: /wrapped-executor");
  }

  @Test
  void everyRequestOfAClientHasItsTrace() throws Exception {
    assertThat(Output.of(TraceEveryRequest::main))
        .containsExactly(
            "GET /a: reused false",
            "GET /a: status 200",
            "GET /a: COMPLETED",
            "GET /b: reused true",
            "GET /b: status 200",
            "GET /b: COMPLETED");
  }

  @Test
  void earlyHintsComeBeforeTheResponse() throws Exception {
    matches(
        Output.of(EarlyHints::main),
        "103 \\{(?i:link)=\\[</style\\.css>; rel=preload; as=style\\]\\}",
        "103 \\{(?i:link)=\\[</app\\.js>; rel=preload; as=script\\]\\}",
        "200");
  }

  @Test
  void anInformationalResponseCanBeRefused() throws Exception {
    matches(Output.of(AbortOnInformational::main), "aborted: .*the server is still at it");
  }

  @Test
  void theSecondRequestWaitsForTheOnlyConnection() throws Exception {
    assertThat(Output.of(PoolSettings::main)).containsExactly("waits: HOST_LIMIT", "gets #1");
  }

  @Test
  void namesComeFromTheApplicationsTable() throws Exception {
    matches(Output.of(OwnResolver::main), "looks up stock\\.internal", "found \\[.*" + IP + "\\]");
  }

  @Test
  void theWaterfallOfEachCallHasARowForEachPhase() throws Exception {
    String bar = " *[▏▎▍▌▋▊▉█━]+ +\\d+\\.\\d{3} m?s *";
    matches(
        Output.of(WaterfallOfEachCall::main),
        "GET http://localhost:\\d+/",
        "200 HTTP/1\\.1, body 6 bytes",
        "connection #1 new, .*",
        "dns" + bar + "  .*",
        "connect" + bar + "  .*",
        "request" + bar + "  \\d+ bytes",
        "wait" + bar,
        "response" + bar + "  \\d+ bytes",
        "client +\\d+\\.\\d{3} m?s +in no phase",
        "total" + bar + "  first byte after \\d+\\.\\d{3} m?s",
        "\\d+ % .*");
  }

  @Test
  void theJsonOfEachCallHasTheApplicationsOwnId() throws Exception {
    matches(
        Output.of(JsonOfEachCall::main),
        "\\{\"schema\":\"httptrace/2\",.*\"outcome\":\"completed\".*,\"orderId\":\"4711\"}");
  }

  @Test
  void aCallIsAnEntryOfAHar() throws Exception {
    matches(
        Output.of(HarOfCalls::main),
        "\\{\"log\":\\{\"version\":\"1\\.2\",.*\"url\":\"http://localhost:\\d+/\".*\"status\":200,.*");
  }

  @Test
  void aCallIsASectionOfAWebPage() throws Exception {
    List<String> lines = Output.of(PageOfCalls::main);
    assertThat(lines).startsWith("<!DOCTYPE html>");
    assertThat(String.join("\n", lines))
        .contains("<section class=\"call\"", "http://localhost:", "200 HTTP/");
  }

  @Test
  void connectionMetricsTellWhenAConnectionOpensAndCloses() throws Exception {
    matches(
        Output.of(ConnectionMetrics::main),
        "opened: http://localhost:\\d+",
        "closed: CLIENT_CLOSED after 2 requests");
  }

  @Test
  void poolGaugesShowTheConnectionsOfEachTarget() throws Exception {
    matches(
        Output.of(PoolGauges::main),
        "open=1 waiting=0",
        "http://localhost:\\d+: 0 active, 1 idle, 0 dialling, 0 waiting",
        "#1 HTTP/1\\.1, open for \\d+ ms");
  }

  @Test
  void springsRestClientFiresTheHooks() throws Exception {
    assertThat(Output.of(SpringRestClient::main))
        .containsExactly(
            "hello",
            "roundTripStart",
            "getConn",
            "dnsStart",
            "dnsDone",
            "connectStart",
            "connectDone",
            "gotConn",
            "wroteHeaderField",
            "wroteHeaderField",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse",
            "putIdleConn",
            "roundTripDone");
  }

  @Test
  void methanolFiresTheHooks() throws Exception {
    assertThat(Output.of(MethanolClient::main))
        .containsExactly(
            "hello",
            "roundTripStart",
            "getConn",
            "dnsStart",
            "dnsDone",
            "connectStart",
            "connectDone",
            "gotConn",
            "wroteHeaderField",
            "wroteHeaderField",
            "wroteHeaderField",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse",
            "putIdleConn",
            "roundTripDone");
  }

  private static void matches(List<String> lines, String... patterns) {
    assertThat(lines).hasSameSizeAs(patterns);
    for (int i = 0; i < patterns.length; i++) {
      assertThat(lines.get(i)).as("line %d of %s", i, lines).matches(patterns[i]);
    }
  }
}
