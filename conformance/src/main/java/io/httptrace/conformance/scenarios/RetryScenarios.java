package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.scenarios.Answers.HELLO;

import io.httptrace.conformance.Capability;
import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;

/** Reused connections that turn out to be dead (RFC 9110, section 9.2.2). */
final class RetryScenarios {
  @Scenario(value = "stale-idle-get-retry", needs = Capability.RETRY)
  void getIsRepeated(Run run) throws Exception {
    run.server("origin", diesOnTheSecondRequest(), Answers.of(HELLO));
    run.check();
  }

  @Scenario(value = "stale-idle-post-idempotency-key", needs = Capability.RETRY)
  void postWithAnIdempotencyKeyIsRepeated(Run run) throws Exception {
    run.server("origin", diesOnTheSecondRequest(), Answers.of(HELLO));
    run.check();
  }

  @Scenario(value = "stale-idle-post-no-retry", needs = Capability.RETRY_ONLY_IDEMPOTENT)
  void postIsNotRepeated(Run run) throws Exception {
    run.server("origin", diesOnTheSecondRequest());
    run.check();
  }

  @Scenario(value = "stale-idle-put-no-retry", needs = Capability.RETRY_ONLY_IDEMPOTENT)
  void putIsNotRepeated(Run run) throws Exception {
    run.server("origin", diesOnTheSecondRequest());
    run.check();
  }

  @Scenario(value = "stale-idle-noticed", needs = Capability.IDLE_CLOSE_NOTICED)
  void connectionThatDiedLongAgoIsNotUsed(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", Answers.thenClose(HELLO), Answers.of(HELLO));
    run.insteadOfSleep(() -> origin.awaitEnd(1, Waiting.LIMIT));
    run.check();
  }

  /** The request is read to its end, so that the client sees the end of the stream, not a reset. */
  private static ConnectionScript diesOnTheSecondRequest() {
    return connection -> {
      connection.readRequest();
      connection.send(HELLO);
      connection.readRequest();
      connection.close();
    };
  }
}
