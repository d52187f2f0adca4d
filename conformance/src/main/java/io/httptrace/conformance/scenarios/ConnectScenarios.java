package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.scenarios.Answers.HELLO;

import io.httptrace.conformance.Capability;
import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ScriptedServer;

/** Connecting, to one address and to several (RFC 8305). */
final class ConnectScenarios {
  @Scenario("connect-refused")
  void nobodyListens(Run run) throws Exception {
    run.server(ScriptedServer.builder("origin").refusingOn("127.0.0.1"));
    run.check();
  }

  @Scenario("connect-all-refused")
  void firstErrorIsReportedWhenAllRefuse(Run run) throws Exception {
    run.server(ScriptedServer.builder("origin").refusingOn("127.0.0.1").refusingOn("127.0.0.2"));
    run.check();
  }

  @Scenario("connect-first-refused-then-ok")
  void nextAddressIsTriedWhenOneRefuses(Run run) throws Exception {
    run.server(
        ScriptedServer.builder("origin")
            .refusingOn("127.0.0.1")
            .on("127.0.0.2")
            .connections(Answers.of(HELLO)));
    run.check();
  }

  @Scenario("connect-timeout")
  void connectingThatHangsEndsWithTheConnectTimeout(Run run) throws Exception {
    run.checkTimeIsUpAfter(
        "r1.connectStart",
        timed -> timed.server(ScriptedServer.builder("origin").hangingOn("127.0.0.1")));
  }

  @Scenario(value = "dualstack-both-ok", needs = Capability.FALLBACK_DELAY)
  void otherFamilyIsNotTriedIfTheFirstAnswers(Run run) throws Exception {
    run.server(
        ScriptedServer.builder("origin").on("127.0.0.1").on("::1").connections(Answers.of(HELLO)));
    run.check();
  }

  @Scenario(value = "dualstack-v6-refused", needs = Capability.FALLBACK_DELAY)
  void otherFamilyIsTriedAtOnceIfTheFirstRefuses(Run run) throws Exception {
    run.server(
        ScriptedServer.builder("origin")
            .on("127.0.0.1")
            .refusingOn("::1")
            .connections(Answers.of(HELLO)));
    run.check();
  }

  @Scenario(value = "dualstack-v6-blackhole", needs = Capability.FALLBACK_DELAY)
  void otherFamilyStartsAfterTheFallbackDelay(Run run) throws Exception {
    run.server(
        ScriptedServer.builder("origin")
            .on("127.0.0.1")
            .hangingOn("::1")
            .connections(Answers.of(HELLO)));
    run.check();
  }
}
