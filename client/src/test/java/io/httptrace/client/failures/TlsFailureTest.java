package io.httptrace.client.failures;

import static io.httptrace.RoundTripOutcome.FAILED;
import static io.httptrace.RoundTripOutcome.TIMED_OUT;
import static io.httptrace.timeline.PhaseKind.TLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.RoundTripOutcome;
import io.httptrace.client.errors.TlsException;
import io.httptrace.client.errors.TlsException.Reason;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.server.TlsFaults;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection, but no handshake. */
@Tag("tls")
class TlsFailureTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Trial trial = new Trial(guard);

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(Reason.UNKNOWN_AUTHORITY, with(TestCertificate.UNKNOWN_AUTHORITY)),
        Arguments.of(Reason.WRONG_NAME, with(TestCertificate.WRONG_NAME)),
        Arguments.of(Reason.EXPIRED, with(TestCertificate.EXPIRED)),
        Arguments.of(Reason.NOT_TLS, TlsFaults.answersInPlainHttp()),
        Arguments.of(Reason.CLOSED, TlsFaults.closesAfterHello()),
        Arguments.of(Reason.RESET, TlsFaults.resetsAfterHello()),
        Arguments.of(Reason.HANDSHAKE_FAILURE, TlsFaults.alert(40)));
  }

  private static ConnectionScript with(TestCertificate certificate) {
    return connection -> connection.startTls(ServerTls.with(certificate));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void handshakeFails(Reason reason, ConnectionScript server) throws Exception {
    check(trial.secure(trial.server(server)).fails(), reason, FAILED);
  }

  @Test
  void silentServer() throws Exception {
    trial.client(b -> b.tlsHandshakeTimeout(Duration.ofMillis(150)));
    FailedRequest failed = trial.secure(trial.server(TlsFaults.silent())).fails();

    check(failed, Reason.TIMEOUT, TIMED_OUT);
  }

  @Test
  void silentServerUntilTheConnectTimeout() throws Exception {
    FailedRequest failed =
        Trial.timeIsUpAfter(
            "tlsHandshakeStart",
            guard,
            (timed, limit) -> {
              timed.client(b -> b.connectTimeout(limit));
              timed.secure(timed.server(TlsFaults.silent()));
            });

    failed.phases("DNS DONE", "CONNECT DONE", "TLS FAILED").outcome(TIMED_OUT);
    failed.diedIn(TLS, TlsException.class).caught(HttpConnectTimeoutException.class);
  }

  /** The alert can come before the request is sent, while it is sent, or afterwards. */
  @RepeatedTest(4)
  void aServerThatRefusesAClientAfterTheHandshakeIsHeard() throws Exception {
    ServerTls demanding = ServerTls.with(TestCertificate.GOOD).demandingCertificate();
    FailedRequest failed = trial.secure(trial.server(c -> c.startTls(demanding))).fails();

    failed.outcome(FAILED);
    assertThat(failed.error())
        .rootCause()
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("fatal alert");
  }

  private static void check(FailedRequest failed, Reason reason, RoundTripOutcome outcome) {
    failed.phases("DNS DONE", "CONNECT DONE", "TLS FAILED").outcome(outcome);
    failed.diedIn(TLS, TlsException.class).caught(TlsException.class);
    assertThat(((TlsException) failed.error()).reason()).isEqualTo(reason);
    assertThat(failed.phaseError()).isSameAs(failed.error());
    assertThat(failed.failedPhase().tls()).isNull();
  }
}
