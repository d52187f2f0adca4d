package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.scenarios.Answers.HELLO;
import static io.httptrace.conformance.scenarios.Answers.HELLO_AND_CLOSE;

import io.httptrace.conformance.Capability;
import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.server.TlsFaults;

/** TLS handshakes that succeed, and each way in which one can fail. */
final class TlsScenarios {
  @Scenario("tls-h1")
  void httpsByName(Run run) throws Exception {
    run.server("origin", good(Answers.of(HELLO)));
    run.check();
  }

  @Scenario("tls-h1-reuse")
  void reusedConnectionNeedsNoHandshake(Run run) throws Exception {
    run.server("origin", good(Answers.of(HELLO, HELLO)));
    run.check();
  }

  @Scenario("tls-12")
  void serverSpeaksTls12Only(Run run) throws Exception {
    ServerTls old = ServerTls.with(TestCertificate.GOOD).only("TLSv1.2");
    run.server("origin", over(old, Answers.of(HELLO)));
    run.check();
  }

  @Scenario("tls-insecure")
  void unknownAuthorityWithVerificationOff(Run run) throws Exception {
    ServerTls unknown = ServerTls.with(TestCertificate.UNKNOWN_AUTHORITY);
    run.server("origin", over(unknown, Answers.of(HELLO)));
    run.check();
  }

  @Scenario("tls-resume")
  void secondConnectionResumesTheSession(Run run) throws Exception {
    ServerTls resuming = ServerTls.with(TestCertificate.GOOD).resuming();
    run.server(
        "origin",
        over(resuming, Answers.thenClose(HELLO_AND_CLOSE)),
        over(resuming, Answers.thenClose(HELLO_AND_CLOSE)));
    run.check();
  }

  @Scenario("tls-unknown-ca")
  void certificateByAnUnknownAuthority(Run run) throws Exception {
    run.server(
        "origin", over(ServerTls.with(TestCertificate.UNKNOWN_AUTHORITY), Answers.of(HELLO)));
    run.check();
  }

  @Scenario("tls-wrong-name")
  void certificateForAnotherName(Run run) throws Exception {
    run.server("origin", over(ServerTls.with(TestCertificate.WRONG_NAME), Answers.of(HELLO)));
    run.check();
  }

  @Scenario(
      value = "tls-server-closes",
      needs = {Capability.RETRY_ONLY_REUSED, Capability.TLS_END_NOTICED})
  void serverClosesAfterTheClientHello(Run run) throws Exception {
    run.server("origin", TlsFaults.closesAfterHello());
    run.check();
  }

  @Scenario("tls-timeout")
  void silentServerEndsWithTheHandshakeTimeout(Run run) throws Exception {
    run.server("origin", TlsFaults.silent());
    run.check();
  }

  @Scenario("tls-to-plaintext-port")
  void serverSpeaksPlainHttp(Run run) throws Exception {
    run.server("origin", TlsFaults.answersInPlainHttp());
    run.check();
  }

  private static ConnectionScript good(ConnectionScript script) {
    return over(ServerTls.with(TestCertificate.GOOD), script);
  }

  private static ConnectionScript over(ServerTls tls, ConnectionScript script) {
    return connection -> {
      connection.startTls(tls);
      script.run(connection);
    };
  }
}
