package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.Capability.INFORMATIONAL_AFTER_CONTINUE;
import static io.httptrace.conformance.Capability.INFORMATIONAL_LIMIT;
import static io.httptrace.conformance.Capability.INFORMATIONAL_RESPONSES;
import static io.httptrace.conformance.Capability.UPGRADE;
import static io.httptrace.conformance.scenarios.Answers.HELLO;

import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ReceivedRequestHead;

/** Informational responses (RFC 9110, section 15.2). */
final class InformationalScenarios {
  private static final String HINT = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";

  @Scenario(
      value = "h1-100-103-200",
      needs = {INFORMATIONAL_RESPONSES, INFORMATIONAL_AFTER_CONTINUE})
  void hintsCanFollowAContinue(Run run) throws Exception {
    run.server(
        "origin",
        connection -> {
          ReceivedRequestHead head = connection.readHead();
          connection.send("HTTP/1.1 100 Continue\r\n\r\n");
          connection.readBody(head);
          connection.send(HINT);
          connection.send(HELLO);
        });
    run.check();
  }

  @Scenario(value = "h1-103-twice", needs = INFORMATIONAL_RESPONSES)
  void eachHintIsReported(Run run) throws Exception {
    run.server(
        "origin",
        Answers.of(
            "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
                + "HTTP/1.1 103 Early Hints\r\nLink: </b.js>; rel=preload\r\n"
                + "Link: </c.js>; rel=preload\r\n\r\n"
                + HELLO));
    run.check();
  }

  @Scenario(value = "h1-1xx-hook-error", needs = INFORMATIONAL_RESPONSES)
  void hookCanAbortTheRequest(Run run) throws Exception {
    run.server("origin", Answers.of(HINT + HELLO));
    run.check();
  }

  @Scenario(
      value = "h1-six-102",
      needs = {INFORMATIONAL_RESPONSES, INFORMATIONAL_LIMIT})
  void theSixthIsOneTooMany(Run run) throws Exception {
    run.server("origin", Answers.of("HTTP/1.1 102 Processing\r\n\r\n".repeat(6) + HELLO));
    run.check();
  }

  @Scenario(value = "h1-unsolicited-100", needs = INFORMATIONAL_RESPONSES)
  void anUnexpectedContinueIsOneOfMany(Run run) throws Exception {
    run.server("origin", Answers.of("HTTP/1.1 100 Continue\r\n\r\n" + HELLO));
    run.check();
  }

  @Scenario(value = "h1-101-upgrade", needs = UPGRADE)
  void switchingProtocolsIsAFinalResponse(Run run) throws Exception {
    run.server(
        "origin",
        Answers.of(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"));
    run.check();
  }
}
