package io.httptrace.conformance.scenarios;

import io.httptrace.conformance.Capability;
import io.httptrace.conformance.run.Cue;
import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ConnectionScript;

/** Connections that break, and responses that are not HTTP. */
final class ErrorScenarios {
  private static final String TENTH =
      "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(100);

  @Scenario(value = "server-eof-before-response", needs = Capability.RETRY_ONLY_REUSED)
  void connectionEndsBeforeTheResponse(Run run) throws Exception {
    run.server(
        "origin",
        connection -> {
          connection.readRequest();
          connection.close();
        });
    run.check();
  }

  @Scenario(value = "server-reset-before-response", needs = Capability.RETRY_ONLY_REUSED)
  void connectionIsResetBeforeTheResponse(Run run) throws Exception {
    run.server(
        "origin",
        connection -> {
          connection.readRequest();
          connection.reset();
        });
    run.check();
  }

  @Scenario("server-reset-mid-body")
  void connectionIsResetInsideTheBody(Run run) throws Exception {
    run.server("origin", resetsWhen(run.read("r1", 100)), resetsWhen(run.read("r2", 100)));
    run.check();
  }

  @Scenario("truncated-content-length")
  void connectionEndsInsideTheBody(Run run) throws Exception {
    run.server("origin", Answers.thenClose(TENTH));
    run.check();
  }

  @Scenario(value = "malformed-status-line", needs = Capability.MALFORMED_CLOSES)
  void answerIsNotHttp(Run run) throws Exception {
    run.server("origin", Answers.thenClose("this is not HTTP\r\n\r\n"));
    run.check();
  }

  @Scenario("header-too-large")
  void headIsTooLarge(Run run) throws Exception {
    String large = "x".repeat(1000);
    StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 40; i++) {
      head.append("X-Filler-").append(i).append(": ").append(large).append("\r\n");
    }
    head.append("Content-Length: 5\r\n\r\nhello");
    run.server("origin", Answers.of(head.toString()));
    run.check();
  }

  /** A reset can overtake data, so it waits until the caller has read the data sent before. */
  private static ConnectionScript resetsWhen(Cue cue) {
    return connection -> {
      connection.readRequest();
      connection.send(TENTH);
      cue.await();
      connection.reset();
    };
  }
}
