package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ConnWaitReason;
import io.httptrace.Hook;
import io.httptrace.RoundTripOutcome;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A request that dies: every phase is closed, and the one it died in is named. */
class FailureTest {
  private final Script script = new Script();

  private @Nullable String failedPhase() {
    Phase failed = script.timeline().roundTrips().get(0).failedPhase();
    return failed == null ? null : Script.text(failed);
  }

  private @Nullable String failedAfter() {
    Phase last = script.timeline().roundTrips().get(0).failedAfter();
    return last == null ? null : Script.text(last);
  }

  private Script begun() {
    return script.roundTrip(1).at(0).first("https://a.test/").getConn().conn(7);
  }

  private Script connected() {
    return begun().at(1).connectStart(1).at(2).connectDone(1, null);
  }

  private Script sent() {
    return connected().at(3).gotNew(7).wroteHeaders().at(4).wroteRequest();
  }

  @Test
  void noSuchHost() {
    UnknownHostException error = new UnknownHostException("unknown");
    begun().at(1).dnsStart().at(2).dnsDone(error).failed(error);

    assertThat(script.phases(1)).containsExactly("DNS 1..2 FAILED unknown");
    assertThat(failedPhase()).isEqualTo("DNS 1..2 FAILED unknown");
  }

  @Test
  void aFailureThatHasThePhasesErrorAsACauseNamesThePhase() {
    ConnectException first = new ConnectException("refused 1");
    begun().at(1).connectStart(1).connectStart(2).at(2).connectDone(1, first);
    script.at(3).connectDone(2, new ConnectException("refused 2"));
    script.failed(new IOException(new IOException(first)));

    assertThat(failedPhase()).isEqualTo("CONNECT 1..2 FAILED refused 1");
  }

  @Test
  void aFailureWithAnErrorOfItsOwnNamesThePhaseThatFailedLast() {
    begun().at(1).dnsStart().at(2).dnsDone(new UnknownHostException("unknown"));
    script.failed(new ConnectException("elsewhere"));

    assertThat(failedPhase()).isEqualTo("DNS 1..2 FAILED unknown");
  }

  @Test
  void everyAddressRefused() {
    ConnectException first = new ConnectException("refused 1");
    ConnectException second = new ConnectException("refused 2");
    begun().at(1).connectStart(1).at(2).connectDone(1, first);
    script.at(3).connectStart(2).at(5).connectDone(2, second).failed(first);

    assertThat(script.phases(1))
        .containsExactly("CONNECT 1..2 FAILED refused 1", "CONNECT 3..5 FAILED refused 2");
    assertThat(failedPhase()).isEqualTo("CONNECT 1..2 FAILED refused 1");
  }

  @Test
  void timeoutWhileWaitingForThePool() {
    begun().conn(0).at(1).fire(trace -> trace.connWaitStart(ConnWaitReason.HOST_LIMIT));
    script.at(50).done(RoundTripOutcome.TIMED_OUT, new SocketTimeoutException("timeout"));

    assertThat(script.phases(1)).containsExactly("QUEUE 1..50 CUT timeout");
    assertThat(failedPhase()).isEqualTo("QUEUE 1..50 CUT timeout");
  }

  @Test
  void timeoutWhileLookingUp() {
    begun().at(1).dnsStart().at(50);
    script.done(RoundTripOutcome.TIMED_OUT, new SocketTimeoutException("timeout"));

    assertThat(failedPhase()).isEqualTo("DNS 1..50 CUT timeout");
  }

  @Test
  void cancelWhileConnectingIsClosedThereAndTheTrueEndIsInTheRecord() {
    CancellationException cancelled = new CancellationException("cancelled");
    begun().at(1).connectStart(1).at(50).done(RoundTripOutcome.CANCELLED, cancelled);
    script.at(52).connectDone(1, new CancellationException("stopped"));

    assertThat(script.phases(1)).containsExactly("CONNECT 1..50 CUT cancelled");
    assertThat(failedPhase()).isEqualTo("CONNECT 1..50 CUT cancelled");
    ConnectionRecord record = script.timeline().connections().get(0);
    assertThat(Script.text(record.phases())).containsExactly("CONNECT 1..52 FAILED stopped");
    assertThat(record.lateEvents())
        .extracting(TraceEvent::hook)
        .extracting(Hook::methodName)
        .containsExactly("connectDone");
    assertThat(record.abandoned()).isFalse();
  }

  @Test
  void cancelWhileConnectingNamesThePhaseAlsoIfItReportsItsEndInTime() {
    begun().at(1).connectStart(1).at(50).connectDone(1, new CancellationException("stopped"));
    script.at(51).done(RoundTripOutcome.CANCELLED, new CancellationException("cancelled"));

    assertThat(failedPhase()).isEqualTo("CONNECT 1..50 FAILED stopped");
  }

  @Test
  void aHandshakeThatFailedIsNamedThoughAnAttemptLostItsRaceLater() {
    begun().at(1).connectStart(1).at(2).connectStart(2).at(3).connectDone(2, null).tlsStart();
    script.at(9).tlsDone(new SSLHandshakeException("expired"));
    script.at(10).connectDone(1, new CancellationException("lost"));
    script.at(11).failed(new IOException("elsewhere"));

    assertThat(failedPhase()).isEqualTo("TLS 3..9 FAILED expired");
  }

  @Test
  void aHandshakeThatFailedIsNamedThoughAnAttemptThatLostIsStillOpen() {
    begun().at(1).connectStart(1).at(2).connectStart(2).at(3).connectDone(2, null).tlsStart();
    script.at(9).tlsDone(new SSLHandshakeException("expired"));
    script.at(11).failed(new IOException("elsewhere"));

    assertThat(failedPhase()).isEqualTo("TLS 3..9 FAILED expired");
  }

  @Test
  void handshakeFails() {
    SSLHandshakeException error = new SSLHandshakeException("unknown CA");
    connected().at(3).tlsStart().at(9).tlsDone(error).failed(new IOException(error));

    assertThat(script.phases(1)).containsExactly("CONNECT 1..2 DONE", "TLS 3..9 FAILED unknown CA");
    assertThat(failedPhase()).isEqualTo("TLS 3..9 FAILED unknown CA");
    assertThat(script.timeline().roundTrips().get(0).phases(PhaseKind.TLS).get(0).tls()).isNull();
  }

  @Test
  void aHandshakeThatFailedNegotiatedNothingWhateverTheClientSays() {
    SSLHandshakeException error = new SSLHandshakeException("wrong name");
    connected().at(3).tlsStart().at(9);
    script.fire(trace -> trace.tlsHandshakeDone(Script.TLS_STATE, error)).failed(error);

    assertThat(script.failedPhase(1).tls()).isNull();
  }

  @Test
  void timeoutInTheHandshake() {
    connected().at(3).tlsStart().at(50);
    script.done(RoundTripOutcome.TIMED_OUT, new SocketTimeoutException("timeout"));

    assertThat(failedPhase()).isEqualTo("TLS 3..50 CUT timeout");
  }

  @Test
  void writingFails() {
    IOException error = new IOException("broken pipe");
    connected().at(3).gotNew(7).wroteHeaders().at(9).wroteRequest(error).at(10).failed(error);

    assertThat(script.phases(1))
        .containsExactly("CONNECT 1..2 DONE", "REQUEST 3..9 FAILED broken pipe");
    assertThat(failedPhase()).isEqualTo("REQUEST 3..9 FAILED broken pipe");
  }

  @Test
  void cancelWhileSending() {
    connected().at(3).gotNew(7).wroteHeaders().at(9);
    script.done(RoundTripOutcome.CANCELLED, new CancellationException("cancelled"));

    assertThat(failedPhase()).isEqualTo("REQUEST 3..9 CUT cancelled");
  }

  @Test
  void resetBeforeTheResponse() {
    sent().at(20).failed(new IOException("reset"));

    assertThat(script.phases(1))
        .containsExactly("CONNECT 1..2 DONE", "REQUEST 3..4 DONE", "WAIT 4..20 CUT reset");
    assertThat(failedPhase()).isEqualTo("WAIT 4..20 CUT reset");
    assertThat(script.timeline().roundTrips().get(0).timeToFirstByte()).isNull();
    assertThat(script.timeline().roundTrips().get(0).serverTime()).isNull();
  }

  @Test
  void truncatedBody() {
    EOFException error = new EOFException("truncated");
    sent().at(20).firstByte().response(200).at(25).failed(error);

    assertThat(script.phases(1))
        .containsExactly(
            "CONNECT 1..2 DONE",
            "REQUEST 3..4 DONE",
            "WAIT 4..20 DONE",
            "RESPONSE 20..25 CUT truncated");
    assertThat(failedPhase()).isEqualTo("RESPONSE 20..25 CUT truncated");
    assertThat(script.timeline().roundTrips().get(0).error()).isSameAs(error);
    assertThat(script.timeline().roundTrips().get(0).status()).hasValue(200);
  }

  @Test
  void theAttemptThatLostTheRaceIsNotWhatTheRequestDiedOf() {
    begun().at(1).connectStart(1).at(2).connectStart(2).at(3).connectDone(2, null);
    script.at(4).connectDone(1, new CancellationException("lost"));
    script.at(5).failed(new IOException("elsewhere"));

    assertThat(script.phases(1)).containsExactly("CONNECT 1..4 FAILED lost", "CONNECT 2..3 DONE");
    assertThat(failedPhase()).isNull();
    assertThat(failedAfter()).isEqualTo("CONNECT 2..3 DONE");
  }

  @Test
  void deathBetweenTwoPhasesNamesTheFirstOfThem() {
    connected().at(3).done(RoundTripOutcome.CANCELLED, new CancellationException("cancelled"));

    assertThat(script.phases(1)).containsExactly("CONNECT 1..2 DONE");
    assertThat(failedPhase()).isNull();
    assertThat(failedAfter()).isEqualTo("CONNECT 1..2 DONE");
  }

  @Test
  void deathInAPhaseIsNotAfterAnother() {
    sent().at(20).failed(new IOException("reset"));

    assertThat(failedPhase()).isEqualTo("WAIT 4..20 CUT reset");
    assertThat(failedAfter()).isNull();
  }

  @Test
  void aRoundTripThatCompletedDiedAfterNothing() {
    sent().at(20).firstByte().response(200).at(25).done(RoundTripOutcome.COMPLETED, null);

    assertThat(failedPhase()).isNull();
    assertThat(failedAfter()).isNull();
  }

  @Test
  void deathBeforeAnythingHappenedHasNoPhase() {
    begun().at(1).failed(new IOException("refused by the client"));

    assertThat(script.phases(1)).isEmpty();
    assertThat(failedPhase()).isNull();
    assertThat(failedAfter()).isNull();
    assertThat(script.timeline().ended()).isTrue();
  }
}
