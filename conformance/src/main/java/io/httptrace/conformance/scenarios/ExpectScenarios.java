package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.scenarios.Answers.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.Capability;
import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;

/** {@code Expect: 100-continue} (RFC 9110, section 10.1.1). */
final class ExpectScenarios {
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

  @Scenario("h1-expect-100")
  void bodyGoesWhenTheServerContinues(Run run) throws Exception {
    ScriptedServer origin =
        run.server(
            "origin",
            connection -> {
              continues().run(connection);
              connection.readRequest();
              connection.send(HELLO);
            });
    run.check();
    assertThat(origin.requests().get(0).values("expect"))
        .hasSize(1)
        .allMatch("100-continue"::equalsIgnoreCase);
  }

  @Scenario("h1-expect-100-chunked")
  void streamedBodyGoesWhenTheServerContinues(Run run) throws Exception {
    run.server("origin", continues());
    run.check();
  }

  /**
   * The server leaves the connection open, so that the client has to close it: the server cannot
   * know whether a body will follow.
   */
  @Scenario(
      value = "h1-expect-final-200",
      needs = {Capability.BODY_INSTEAD_OF_CONTINUE, Capability.FINAL_RESPONSE_LEAVES_BODY})
  void aFinal200LeavesTheBodyUnsent(Run run) throws Exception {
    run.server("origin", answersWithoutBody(HELLO));
    run.check();
  }

  /** As with 200. */
  @Scenario(value = "h1-expect-final-417", needs = Capability.FINAL_RESPONSE_LEAVES_BODY)
  void aFinal417LeavesTheBodyUnsent(Run run) throws Exception {
    run.server(
        "origin",
        answersWithoutBody("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n"));
    run.check();
  }

  @Scenario("h1-expect-timeout")
  void bodyGoesAfterTheWait(Run run) throws Exception {
    run.server("origin", Answers.of(HELLO));
    run.check();
  }

  @Scenario(value = "h1-expect-without-body", needs = Capability.INFORMATIONAL_RESPONSES)
  void nothingIsWaitedForWithoutABody(Run run) throws Exception {
    run.server("origin", Answers.of(CONTINUE + HELLO));
    run.check();
  }

  private static ConnectionScript continues() {
    return connection -> {
      ReceivedRequestHead head = connection.readHead();
      connection.send(CONTINUE);
      byte[] body = connection.readBody(head);
      assertThat(body).asString().isEqualTo("expected body");
      connection.send(HELLO);
    };
  }

  /** After the answer the client must close the connection without another byte. */
  private static ConnectionScript answersWithoutBody(String answer) {
    return connection -> {
      connection.readHead();
      connection.send(answer);
      assertThat(connection.readToEnd()).as("what followed the head").isEmpty();
    };
  }
}
