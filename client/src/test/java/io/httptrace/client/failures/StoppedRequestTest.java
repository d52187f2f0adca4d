package io.httptrace.client.failures;

import static io.httptrace.timeline.PhaseKind.CONNECT;
import static io.httptrace.timeline.PhaseKind.DNS;
import static io.httptrace.timeline.PhaseKind.REQUEST;
import static io.httptrace.timeline.PhaseKind.RESPONSE;
import static io.httptrace.timeline.PhaseKind.TLS;
import static io.httptrace.timeline.PhaseKind.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.RoundTripOutcome;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.server.TlsFaults;
import io.httptrace.conformance.time.Gate;
import io.httptrace.timeline.PhaseKind;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each phase, stopped from outside in each way there is: time-out, cancellation, interrupt. */
class StoppedRequestTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Trial trial = new Trial(guard);

  /**
   * A request that stays in one phase.
   *
   * @param phase the phase
   * @param hook the hook that tells when the request is in it
   * @param phases all phases, the last one stopped
   * @param setUp makes the request stay there
   */
  private record Stay(PhaseKind phase, String hook, List<String> phases, Consumer<Trial> setUp) {

    static Stay in(PhaseKind phase, String hook, Consumer<Trial> setUp, String... phases) {
      return new Stay(phase, hook, List.of(phases), setUp);
    }

    String[] expected() {
      return phases.toArray(String[]::new);
    }

    @Override
    public String toString() {
      return phase.toString();
    }
  }

  private static final List<Stay> STAYS =
      List.of(
          Stay.in(DNS, "dnsStart", StoppedRequestTest::stayInDns, "DNS STOPPED"),
          Stay.in(CONNECT, "connectStart", StoppedRequestTest::stayInConnect, "CONNECT STOPPED"),
          Stay.in(
              TLS,
              "tlsHandshakeStart",
              StoppedRequestTest::stayInTls,
              "DNS DONE",
              "CONNECT DONE",
              "TLS STOPPED"),
          Stay.in(
              REQUEST,
              "wroteHeaders",
              StoppedRequestTest::stayInRequest,
              "CONNECT DONE",
              "REQUEST STOPPED"),
          Stay.in(
              WAIT,
              "wroteRequest",
              StoppedRequestTest::stayInWait,
              "CONNECT DONE",
              "REQUEST DONE",
              "WAIT CUT"),
          Stay.in(
              RESPONSE,
              "gotResponse",
              StoppedRequestTest::stayInResponse,
              "CONNECT DONE",
              "REQUEST DONE",
              "WAIT DONE",
              "RESPONSE CUT"));

  private static void stayInDns(Trial trial) {
    trial.names().hangs(Trial.HOST);
    trial.toName("http", 80);
  }

  private static void stayInConnect(Trial trial) {
    trial.to(trial.server(ScriptedServer.builder("hole").hangingOn("127.0.0.1")));
  }

  private static void stayInTls(Trial trial) {
    trial.secure(trial.server(TlsFaults.silent()));
  }

  /** The publisher gives nothing at all. */
  private static void stayInRequest(Trial trial) {
    trial.request(b -> b.POST(BodyPublishers.fromPublisher(Trial.silent(), 10)));
    trial.to(trial.server(connection -> connection.awaitPeerClose()));
  }

  private static void stayInWait(Trial trial) {
    trial.to(trial.server(connection -> connection.readRequest()));
  }

  private static void stayInResponse(Trial trial) {
    trial.to(
        trial.server(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
            }));
  }

  static Stream<Arguments> stays() {
    return STAYS.stream().map(Arguments::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stays")
  void timeOut(Stay stay) throws Exception {
    FailedRequest failed =
        Trial.timeIsUpAfter(
            stay.hook(),
            guard,
            (timed, limit) -> {
              stay.setUp().accept(timed);
              timed.request(b -> b.timeout(limit));
            });

    failed.phases(stay.expected()).outcome(RoundTripOutcome.TIMED_OUT);
    failed.diedIn(stay.phase(), HttpTimeoutException.class).caught(HttpTimeoutException.class);
    boolean dialling = List.of(DNS, CONNECT, TLS).contains(stay.phase());
    assertThat(failed.error() instanceof HttpConnectTimeoutException).isEqualTo(dialling);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stays")
  void cancelled(Stay stay) throws Exception {
    stay.setUp().accept(trial);
    FailedRequest failed = trial.cancelledAt(trial.at(stay.hook()));

    failed.phases(stay.expected()).outcome(RoundTripOutcome.CANCELLED);
    failed.diedIn(stay.phase(), CancellationException.class);
    failed.caught(CancellationException.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stays")
  void interrupted(Stay stay) throws Exception {
    stay.setUp().accept(trial);
    FailedRequest failed = trial.interruptedAt(trial.at(stay.hook()));

    failed.phases(stay.expected()).outcome(RoundTripOutcome.CANCELLED);
    failed.diedIn(stay.phase(), CancellationException.class);
    failed.caught(InterruptedException.class);
  }

  @Test
  void uploadIsCancelledInTheMiddle() throws Exception {
    trial.request(b -> b.POST(BodyPublishers.fromPublisher(Trial.endless(), 1_000_000_000)));
    Gate received = new Gate();
    trial.to(
        trial.server(
            connection -> {
              connection.readHead();
              connection.readBytes(100_000);
              received.open();
            }));
    FailedRequest failed = trial.cancelledAt(received);

    failed.phases("CONNECT DONE", "REQUEST STOPPED").outcome(RoundTripOutcome.CANCELLED);
    failed.diedIn(REQUEST, CancellationException.class);
    assertThat(failed.bytes().contentSent()).isGreaterThanOrEqualTo(100_000);
  }

  @Test
  void handshakeIsCancelledAfterTheServersHello() throws Exception {
    trial.secure(
        trial.server(
            connection -> {
              connection.readClientHello();
              connection.send(new byte[] {22, 3, 3, 0, 100, 2});
              connection.awaitPeerClose();
            }));
    FailedRequest failed = trial.cancelledAt(trial.at("tlsHandshakeStart"));

    failed.phases("DNS DONE", "CONNECT DONE", "TLS STOPPED");
    failed.outcome(RoundTripOutcome.CANCELLED).diedIn(TLS, CancellationException.class);
  }

  @Test
  void waitingForTheHeadOfTheResponseIsLimited() throws Exception {
    stayInWait(trial);
    trial.client(b -> b.responseHeaderTimeout(Duration.ofMillis(100)));
    FailedRequest failed = trial.fails();

    failed.phases("CONNECT DONE", "REQUEST DONE", "WAIT CUT");
    failed.outcome(RoundTripOutcome.TIMED_OUT).diedIn(WAIT, HttpTimeoutException.class);
    failed.caught(HttpTimeoutException.class);
  }

  @Test
  void timeOutWhileReadingABodyOverTls() throws Exception {
    FailedRequest failed =
        Trial.timeIsUpAfter(
            "gotResponse",
            guard,
            (timed, limit) -> {
              timed.secure(
                  timed.server(
                      connection -> {
                        connection.startTls(ServerTls.with(TestCertificate.GOOD));
                        connection.readRequest();
                        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
                      }));
              timed.request(b -> b.timeout(limit));
            });

    failed.phases(
        "DNS DONE", "CONNECT DONE", "TLS DONE", "REQUEST DONE", "WAIT DONE", "RESPONSE CUT");
    failed.outcome(RoundTripOutcome.TIMED_OUT).diedIn(RESPONSE, HttpTimeoutException.class);
  }
}
