package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.Capability.INFORMATIONAL_RESPONSES;
import static io.httptrace.conformance.scenarios.Answers.HELLO;

import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;

/** Several traces on one request: the one registered last is called first, hook by hook. */
final class ComposeScenarios {
  private static final String HINT = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";

  @Scenario("composed-two-traces")
  void lastOneIsCalledFirst(Run run) throws Exception {
    ServerTls tls = ServerTls.with(TestCertificate.GOOD);
    run.server(
        "origin",
        connection -> {
          connection.startTls(tls);
          Answers.of(HELLO, HELLO).run(connection);
        });
    run.check();
  }

  @Scenario(value = "composed-1xx-error-first", needs = INFORMATIONAL_RESPONSES)
  void firstOneCanAbort(Run run) throws Exception {
    run.server("origin", Answers.of(HINT + HELLO));
    run.check();
  }

  @Scenario(value = "composed-1xx-error-last", needs = INFORMATIONAL_RESPONSES)
  void lastOneCanAbortToo(Run run) throws Exception {
    run.server("origin", Answers.of(HINT + HELLO));
    run.check();
  }
}
