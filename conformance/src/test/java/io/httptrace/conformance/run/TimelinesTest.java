package io.httptrace.conformance.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.conformance.error.ErrorClassifier;
import io.httptrace.conformance.golden.GoldenRecording;
import io.httptrace.conformance.log.RequestLog;
import io.httptrace.conformance.log.TraceLog;
import io.httptrace.timeline.PhaseKind;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a timeline of a request that failed may do without, and what not. */
final class TimelinesTest {
  private static final ConnectException REFUSED = new ConnectException("refused");
  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);

  /**
   * {@return the faults of a request that is refused}
   *
   * @param support what the adapter says of its hooks
   * @param connects whether it tells that it connects
   * @param outcome how it says that the round trip ended; null if it does not
   */
  private static List<String> faults(
      HookSupport support, boolean connects, @Nullable RoundTripOutcome outcome) {
    TraceLog log = new TraceLog(ErrorClassifier.standard());
    RequestLog request = log.request("r1");
    ClientTrace trace = request.trace();
    trace.roundTripStart(
        RoundTripStartInfo.of(
            1, RoundTripReason.FIRST, "GET", URI.create("http://a.test/"), support));
    trace.getConn("a.test:80");
    if (connects) {
      trace.connectStart("tcp", ADDRESS);
      trace.connectDone("tcp", ADDRESS, REFUSED);
    }
    if (outcome != null) {
      trace.roundTripDone(RoundTripDoneInfo.of(outcome, null, REFUSED));
    }
    request.roundTripReturned(REFUSED);
    return Timelines.faults(GoldenRecording.load("connect-refused"), support, log);
  }

  private static HookSupport never(Hook... hooks) {
    return HookSupport.builder().never("for the test", hooks).build();
  }

  @Test
  void aTimelineThatNamesThePhaseIsRight() {
    assertThat(faults(HookSupport.allExact(), true, RoundTripOutcome.FAILED)).isEmpty();
  }

  @Test
  void aPhaseThatCannotBeObservedNeedNotBeNamed() {
    HookSupport support = never(Hook.CONNECT_START, Hook.CONNECT_DONE);

    assertThat(faults(support, false, RoundTripOutcome.FAILED)).isEmpty();
  }

  @Test
  void thatAnotherPhaseCannotBeObservedIsNoExcuse() {
    HookSupport support = never(Hook.DNS_START, Hook.DNS_DONE, Hook.PROXY_CONNECT_START);

    assertThat(faults(support, false, RoundTripOutcome.FAILED))
        .singleElement()
        .asString()
        .startsWith(
            "timeline of r1 does not say that the request has failed in the phase connect: ");
  }

  @Test
  void thatThereIsNoPhaseIsNoExcuseIfTheRecordingHasOne() {
    assertThat(faults(HookSupport.allExact(), false, RoundTripOutcome.FAILED))
        .singleElement()
        .asString()
        .startsWith(
            "timeline of r1 does not say that the request has failed in the phase connect: ");
  }

  @Test
  void aTimelineThatSaysSuccessIsWrong() {
    assertThat(faults(HookSupport.allExact(), true, RoundTripOutcome.COMPLETED))
        .singleElement()
        .asString()
        .startsWith("timeline of r1 does not say that the request has failed: ");
  }

  @Test
  void aTimelineThatIsNotClosedIsWrong() {
    assertThat(faults(HookSupport.allExact(), true, null))
        .singleElement()
        .asString()
        .startsWith("timeline of r1 is not closed: ");
  }

  private static PhaseKind phase(String recording) {
    return requireNonNull(Timelines.phaseOfFailure(GoldenRecording.load(recording), "r1"));
  }

  @Test
  void theRecordingSaysInWhichPhaseARequestFailed() {
    assertThat(phase("dns-nxdomain")).isEqualTo(PhaseKind.DNS);
    assertThat(phase("connect-all-refused")).isEqualTo(PhaseKind.CONNECT);
    assertThat(phase("proxy-refused")).isEqualTo(PhaseKind.CONNECT);
    assertThat(phase("proxy-connect-407")).isEqualTo(PhaseKind.PROXY_CONNECT);
    assertThat(phase("tls-unknown-ca")).isEqualTo(PhaseKind.TLS);
    assertThat(phase("upload-body-fails")).isEqualTo(PhaseKind.REQUEST);
    assertThat(phase("server-eof-before-response")).isEqualTo(PhaseKind.WAIT);
  }

  @Test
  void aRequestThatIsNotInTheRecordingHasNoPhase() {
    assertThat(Timelines.phaseOfFailure(GoldenRecording.load("h1-get"), "r2")).isNull();
  }
}
