package io.httptrace.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.errors.TlsException;
import io.httptrace.conformance.timelines.HookScript;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.render.TimelineJson;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FailureTest {

  @Test
  void namesThePhaseAndHowLongItTook() {
    assertThat(failure(new ConnectException("Connection refused"), refused()))
        .isEqualTo(
            new Failure(
                ExitCode.CONNECT,
                PhaseKind.CONNECT,
                "connect failed after 0.500 ms: Connection refused"));
    assertThat(failure(new IOException("x"), SampleTimelines.of(SampleTimelines::unknownHost)))
        .isEqualTo(new Failure(ExitCode.DNS, PhaseKind.DNS, "dns failed after 10.100 ms: x"));
  }

  @Test
  void betweenTwoPhasesNamesTheOneThatWasOver() {
    Timeline timeline = SampleTimelines.of(SampleTimelines::cancelledBetweenPhases);

    assertThat(failure(new IOException("the client is closed"), timeline))
        .isEqualTo(
            new Failure(
                ExitCode.CONNECT,
                null,
                "the request, past connect, failed after 0.500 ms: the client is closed"));
  }

  @Test
  void aTimeLimitHasACodeOfItsOwnInAnyPhase() {
    assertThat(failure(new HttpConnectTimeoutException("too slow"), refused()))
        .isEqualTo(
            new Failure(
                ExitCode.TIMEOUT, PhaseKind.CONNECT, "connect timed out after 0.500 ms: too slow"));
  }

  @Test
  void anInterruptionSaysWhereItCame() {
    InterruptedRunException interrupted = new InterruptedRunException();

    assertThat(failure(interrupted, refused()))
        .isEqualTo(
            new Failure(
                ExitCode.INTERRUPTED, PhaseKind.CONNECT, "connect interrupted after 0.500 ms"));
    assertThat(failure(interrupted, new HookScript().timeline()))
        .isEqualTo(new Failure(ExitCode.INTERRUPTED, null, "interrupted before the request"));
  }

  @ParameterizedTest
  @EnumSource(TlsException.Reason.class)
  void aCertificateThatIsNoGoodHasACodeOfItsOwn(TlsException.Reason reason) {
    Throwable error = new CompletionException(new TlsException("a.test:443", reason, null));
    ExitCode expected =
        switch (reason) {
          case UNKNOWN_AUTHORITY, WRONG_NAME, EXPIRED -> ExitCode.CERTIFICATE;
          case TIMEOUT -> ExitCode.TIMEOUT;
          default -> ExitCode.CONNECT; // the phase that failed in this story
        };

    assertThat(failure(error, refused()).exitCode()).isEqualTo(expected);
  }

  @Test
  void whatFailsBeforeAnyEventIsOurs() {
    assertThat(failure(new IllegalStateException("oh"), new HookScript().timeline()))
        .isEqualTo(new Failure(ExitCode.INTERNAL, null, "oh"));
  }

  @Test
  void namesNoClasses() {
    assertThat(failure(new ClosedChannelException(), refused()).message())
        .isEqualTo("connect failed after 0.500 ms: closed channel");
    assertThat(
            failure(
                    new IOException("PKIX failed: sun.security.CertPath$XException: no path"),
                    refused())
                .message())
        .isEqualTo("connect failed after 0.500 ms: PKIX failed: no path");
  }

  @Test
  void masksUrlsInMessages() {
    assertThat(failure(new IOException("at http://u:p@a.test/?k=v"), refused()).message())
        .isEqualTo("connect failed after 0.500 ms: at http://***@a.test/?k=***");
  }

  @Test
  void namesTheFileThatCannotBeWritten() {
    assertThat(Failure.ofBody(new IOException("No space left on device"), "f"))
        .isEqualTo(
            new Failure(
                ExitCode.WRITE_ERROR, null, "-o: cannot write 'f': No space left on device"));
  }

  @Test
  void isAMemberOfTheJsonThatIsNullWithoutAFailure() {
    Failure failure = new Failure(ExitCode.CONNECT, PhaseKind.CONNECT, "connect failed");

    assertThat(TimelineJson.toJson(refused(), Redaction.NONE, Failure.member(failure)))
        .endsWith(
            ",\"failure\":{\"exitCode\":7,\"phase\":\"connect\",\"message\":\"connect failed\"}}");
    assertThat(TimelineJson.toJson(refused(), Redaction.NONE, Failure.member(null)))
        .endsWith(",\"failure\":null}");
  }

  private static Timeline refused() {
    return SampleTimelines.of(SampleTimelines::refused);
  }

  private static Failure failure(Throwable error, Timeline timeline) {
    return Failure.ofRequest(error, timeline, Redaction.MASK_SECRETS);
  }
}
