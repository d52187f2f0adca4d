package io.httptrace.client.failures;

import static io.httptrace.RoundTripOutcome.FAILED;
import static io.httptrace.RoundTripOutcome.TIMED_OUT;
import static io.httptrace.timeline.PhaseKind.CONNECT;
import static io.httptrace.timeline.PhaseKind.DNS;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.errors.DnsException;
import io.httptrace.conformance.error.LookupException.Kind;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No connection, because the name or the address is no good. */
class DialFailureTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Trial trial = new Trial(guard);

  private static DnsException.Reason reason(FailedRequest failed) {
    return ((DnsException) failed.phaseError()).reason();
  }

  @Test
  void noSuchHost() throws Exception {
    FailedRequest failed = trial.toName("http", 80).fails();

    failed.phases("DNS FAILED").outcome(FAILED).diedIn(DNS, DnsException.class);
    failed.caught(ConnectException.class);
    assertThat(reason(failed)).isEqualTo(DnsException.Reason.NOT_FOUND);
  }

  @Test
  void nameServerFails() throws Exception {
    trial.names().fails(Trial.HOST, Kind.SERVER_FAILURE);
    FailedRequest failed = trial.toName("http", 80).fails();

    failed.phases("DNS FAILED").outcome(FAILED).diedIn(DNS, DnsException.class);
    assertThat(reason(failed)).isEqualTo(DnsException.Reason.SERVER_FAILURE);
  }

  @Test
  void nameServerDoesNotAnswer() throws Exception {
    trial.names().fails(Trial.HOST, Kind.TIMEOUT);
    FailedRequest failed = trial.toName("http", 80).fails();

    failed.phases("DNS FAILED").outcome(TIMED_OUT).diedIn(DNS, DnsException.class);
    failed.caught(HttpConnectTimeoutException.class);
    assertThat(reason(failed)).isEqualTo(DnsException.Reason.TIMEOUT);
  }

  @Test
  void lookupTakesLongerThanTheConnectTimeout() throws Exception {
    FailedRequest failed =
        Trial.timeIsUpAfter(
            "dnsStart",
            guard,
            (timed, limit) -> {
              timed.names().hangs(Trial.HOST);
              timed.client(b -> b.connectTimeout(limit)).toName("http", 80);
            });

    failed.phases("DNS FAILED").outcome(TIMED_OUT).diedIn(DNS, DnsException.class);
    failed.caught(HttpConnectTimeoutException.class);
    assertThat(reason(failed)).isEqualTo(DnsException.Reason.TIMEOUT);
  }

  @Test
  void refused() throws Exception {
    ScriptedServer nobody = trial.server(ScriptedServer.builder("nobody").refusingOn("127.0.0.1"));
    FailedRequest failed = trial.to(nobody).fails();

    failed.phases("CONNECT FAILED").outcome(FAILED).diedIn(CONNECT, ConnectException.class);
    failed.caught(ConnectException.class);
  }

  @Test
  void refusedByEveryAddress() throws Exception {
    trial.names().resolves(Trial.HOST, "127.0.0.1", "127.0.0.2", "::1");
    ScriptedServer nobody =
        trial.server(
            ScriptedServer.builder("nobody")
                .refusingOn("127.0.0.1")
                .refusingOn("127.0.0.2")
                .refusingOn("::1"));
    trial.client(b -> b.fallbackDelay(Waiting.LIMIT)); // one address after the other
    FailedRequest failed = trial.toName("http", nobody.port()).fails();

    failed.phases("DNS DONE", "CONNECT FAILED", "CONNECT FAILED", "CONNECT FAILED");
    failed.outcome(FAILED).diedIn(CONNECT, ConnectException.class);
    failed.caught(ConnectException.class);
    assertThat(failed.failedPhase().address()).asString().contains(":1]");
    assertThat(failed.phaseError().getSuppressed()).hasSize(2);
  }

  @Test
  void connectingHangsUntilTheConnectTimeout() throws Exception {
    ScriptedServer hole = trial.server(ScriptedServer.builder("hole").hangingOn("127.0.0.1"));
    FailedRequest failed =
        Trial.timeIsUpAfter(
            "connectStart",
            guard,
            (timed, limit) -> timed.client(b -> b.connectTimeout(limit)).to(hole));

    failed.phases("CONNECT FAILED").outcome(TIMED_OUT);
    failed.diedIn(CONNECT, SocketTimeoutException.class);
    failed.caught(HttpConnectTimeoutException.class);
  }
}
