package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.scenarios.Answers.HELLO;
import static io.httptrace.conformance.scenarios.Answers.HELLO_AND_CLOSE;

import io.httptrace.conformance.Capability;
import io.httptrace.conformance.run.Cue;
import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;

/** The pool: which connections are kept, which request gets one, and which waits. */
final class PoolScenarios {
  @Scenario("close-idle-connections")
  void closedIdleConnectionIsNotReused(Run run) throws Exception {
    run.server("origin", Answers.of(HELLO), Answers.of(HELLO));
    run.check();
  }

  @Scenario("idle-timeout-then-new")
  void expiredConnectionIsNotReused(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", Answers.of(HELLO), Answers.of(HELLO));
    run.insteadOfSleep(() -> origin.awaitEnd(1, Waiting.LIMIT));
    run.check();
  }

  @Scenario("max-idle-conns")
  void oldestIdleConnectionMakesRoom(Run run) throws Exception {
    run.server("origin", Answers.of(HELLO), Answers.of(HELLO));
    run.server("second", Answers.of(HELLO));
    run.check();
  }

  @Scenario("too-many-idle-per-host")
  void poolRefusesOneTooManyForTheHost(Run run) throws Exception {
    run.startWhen("r2", run.seen("r1.wroteRequest"));
    Cue bothWritten = run.seen("r2.wroteRequest");
    run.server(
        "origin",
        connection -> {
          Answers.after(bothWritten, HELLO).run(connection);
          Answers.of(HELLO).run(connection);
        },
        Answers.after(run.seen("r1.bodyClosed"), HELLO));
    run.check();
  }

  @Scenario("max-conns-per-host-queue")
  void requestWaitsForTheOnlyConnection(Run run) throws Exception {
    run.startWhen("r2", run.seen("r1.wroteRequest"));
    Cue queued = run.seen("r2.getConn").and(run.waits("r2"));
    run.server(
        "origin",
        connection -> {
          Answers.after(queued, HELLO).run(connection);
          Answers.of(HELLO).run(connection);
        });
    run.check();
  }

  @Scenario("max-conns-per-host-close")
  void requestDialsWhenTheOnlyConnectionIsGone(Run run) throws Exception {
    run.startWhen("r2", run.seen("r1.wroteRequest"));
    Cue queued = run.seen("r2.getConn").and(run.waits("r2"));
    run.server(
        "origin",
        connection -> {
          Answers.after(queued, HELLO_AND_CLOSE).run(connection);
          connection.close();
        },
        Answers.thenClose(HELLO_AND_CLOSE));
    run.check();
  }

  @Scenario(
      value = "late-binding",
      needs = {Capability.LATE_BINDING, Capability.SINGLE_DIAL})
  void waitingRequestTakesWhatBecomesIdleAndItsOwnDialIsParked(Run run) throws Exception {
    run.startWhen("r2", run.seen("r1.wroteRequest"));
    Cue dialling = run.seen("r2.dnsStart").and(run.waits("r2"));
    run.answerLookupWhen(run.seen("r2.bodyClosed"));
    run.insteadOfSleep(run.seen("r2.connectDone"));
    run.server(
        "origin",
        connection -> {
          Answers.after(dialling, HELLO).run(connection);
          Answers.of(HELLO, HELLO).run(connection);
        },
        Answers.of(HELLO));
    run.check();
  }

  @Scenario(
      value = "late-binding-own-dial-first",
      needs = {Capability.LATE_BINDING, Capability.SINGLE_DIAL})
  void waitingRequestTakesItsOwnDialIfThatIsFirst(Run run) throws Exception {
    run.startWhen("r2", run.seen("r1.wroteRequest"));
    run.server(
        "origin",
        connection -> {
          Answers.after(run.seen("r2.bodyClosed"), HELLO).run(connection);
          Answers.of(HELLO).run(connection);
        },
        Answers.of(HELLO, HELLO));
    run.check();
  }
}
