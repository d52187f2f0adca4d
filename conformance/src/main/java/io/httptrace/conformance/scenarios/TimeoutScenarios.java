package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.Capability.CANCEL_AFTER_SENDING;
import static io.httptrace.conformance.Capability.CANCEL_BODY;
import static io.httptrace.conformance.Capability.INTERRUPTIBLE_LOOKUP;
import static io.httptrace.conformance.Capability.REQUEST_TIMEOUT_COVERS_BODY;

import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;

/** Time limits and cancellation, in each phase. */
final class TimeoutScenarios {
  @Scenario(value = "request-timeout-during-dns", needs = INTERRUPTIBLE_LOOKUP)
  void timeIsUpDuringTheLookup(Run run) throws Exception {
    run.checkTimeIsUpAfter("r1.dnsStart", timed -> timed.server("origin"));
  }

  @Scenario("request-timeout-during-connect")
  void timeIsUpDuringConnect(Run run) throws Exception {
    run.checkTimeIsUpAfter(
        "r1.connectStart",
        timed -> timed.server(ScriptedServer.builder("origin").hangingOn("127.0.0.1")));
  }

  @Scenario("request-timeout-during-headers")
  void timeIsUpBeforeTheHead(Run run) throws Exception {
    run.checkTimeIsUpAfter(
        "r1.wroteRequest(err=none", timed -> timed.server("origin", Answers.none()));
  }

  @Scenario(value = "request-timeout-during-body", needs = REQUEST_TIMEOUT_COVERS_BODY)
  void timeIsUpInsideTheBody(Run run) throws Exception {
    run.checkTimeIsUpAfter(
        "r1.bodyDone(bytes=5", timed -> timed.server("origin", firstFiveBytesOfTen()));
  }

  @Scenario("response-header-timeout")
  void noHeadWithinItsOwnTimeLimit(Run run) throws Exception {
    run.server("origin", Answers.none());
    run.check();
  }

  @Scenario(value = "cancel-at-wrote-request", needs = CANCEL_AFTER_SENDING)
  void cancelledInsideTheHook(Run run) throws Exception {
    run.server("origin", Answers.none());
    run.check();
  }

  @Scenario("cancel-before-response")
  void cancelledWhileWaitingForTheHead(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", Answers.none());
    run.cancelWhen("r1", run.seen("r1.wroteRequest").and(() -> origin.awaitRequests(1)));
    run.check();
  }

  @Scenario(value = "cancel-mid-body", needs = CANCEL_BODY)
  void cancelledInsideTheBody(Run run) throws Exception {
    run.server("origin", firstFiveBytesOfTen());
    run.cancelWhen("r1", run.read("r1", 5));
    run.check();
  }

  private static ConnectionScript firstFiveBytesOfTen() {
    return Answers.of("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
  }
}
