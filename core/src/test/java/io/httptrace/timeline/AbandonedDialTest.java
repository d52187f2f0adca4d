package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.Hook;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Dials that outlive what they were for. */
class AbandonedDialTest {
  private final Script script = new Script();

  private void exchange() {
    script.wroteHeaders().wroteRequest().at(20).firstByte().response(200).at(21).done();
  }

  @Test
  void aDialThatIsPassedOverIsCutInTheRoundTripAndWholeInItsRecord() {
    script.roundTrip(1).at(0).first("https://a.test/").getConn();
    script.conn(8).at(1).connectStart(1);
    script.conn(7).at(10).gotIdle(7, 4);
    exchange();
    script.conn(8).at(30).connectDone(1, null).tlsStart().at(45).tlsDone(null);

    Timeline timeline = script.timeline();
    assertThat(script.phases(1))
        .containsExactly(
            "CONNECT 1..21 CUT abandoned",
            "REQUEST 10..10 DONE",
            "WAIT 10..20 DONE",
            "RESPONSE 20..21 DONE");
    assertThat(timeline.roundTrips().get(0).connectTime()).isNull();
    assertThat(Script.roundTrips(timeline)).containsExactly("#1 0..21 COMPLETED");
    ConnectionRecord dial = timeline.connections().get(0);
    assertThat(dial.id()).hasValue(8);
    assertThat(dial.abandoned()).isTrue();
    assertThat(dial.usedBy()).isEmpty();
    assertThat(dial.info()).isNull();
    assertThat(Script.text(dial.phases()))
        .containsExactly("CONNECT 1..30 DONE abandoned", "TLS 30..45 DONE abandoned");
    assertThat(dial.lateEvents())
        .extracting(TraceEvent::hook)
        .extracting(Hook::methodName)
        .containsExactly("connectDone", "tlsHandshakeStart", "tlsHandshakeDone");
    assertThat(timeline.connections().get(1).abandoned()).isFalse();
  }

  @Test
  void theErrorOfTheRoundTripIsNotThatOfADialItPassedOver() {
    script.roundTrip(1).at(0).first("http://a.test/").getConn().conn(8).at(1).connectStart(1);
    script.conn(7).at(2).gotIdle(7, 1).wroteHeaders().at(3).failed(new IOException("reset"));

    assertThat(script.phases(1))
        .containsExactly("CONNECT 1..3 CUT abandoned", "REQUEST 2..3 CUT reset");
    assertThat(Script.text(script.failedPhase(1))).isEqualTo("REQUEST 2..3 CUT reset");
  }

  @Test
  void aDialThatGoesOnAfterItsRequestDiedIsAbandoned() {
    script.roundTrip(1).at(0).first("https://a.test/").getConn().conn(7).at(1).connectStart(1);
    script.at(5).done(RoundTripOutcome.CANCELLED, new CancellationException("cancelled"));
    script.at(9).connectDone(1, null);

    assertThat(script.phases(1)).containsExactly("CONNECT 1..5 CUT cancelled");
    ConnectionRecord dial = script.timeline().connections().get(0);
    assertThat(dial.abandoned()).isTrue();
    assertThat(Script.text(dial.phases())).containsExactly("CONNECT 1..9 DONE abandoned");
  }

  @Test
  void aDialThatHadFailedBeforeIsNotAbandoned() {
    script.roundTrip(1).at(0).first("http://a.test/").getConn().conn(8).at(1).connectStart(1);
    script.at(2).connectDone(1, new IOException("refused"));
    script.conn(7).at(10).gotIdle(7, 4);

    assertThat(script.timeline().connections().get(0).abandoned()).isFalse();
    assertThat(script.phases(1))
        .containsExactly("CONNECT 1..2 FAILED refused", "REQUEST 10..10 IN_PROGRESS");
  }

  @Test
  void theEndOfTheLoserOfARaceGoesToTheRecord() {
    script.roundTrip(1).at(0).first("http://a.test/").getConn();
    script.conn(7).at(1).connectStart(1).at(3).connectStart(2).at(4).connectDone(2, null);
    script.at(5).gotNew(7);
    exchange();
    script.at(40).connectDone(1, new CancellationException("lost"));

    assertThat(script.phases(1))
        .containsExactly(
            "CONNECT 1..21 CUT",
            "CONNECT 3..4 DONE",
            "REQUEST 5..5 DONE",
            "WAIT 5..20 DONE",
            "RESPONSE 20..21 DONE");
    ConnectionRecord record = script.timeline().connections().get(0);
    assertThat(record.abandoned()).isFalse();
    assertThat(Script.text(record.attempts()))
        .containsExactly("CONNECT 1..40 FAILED lost", "CONNECT 3..4 DONE");
  }

  @Test
  void aLaterRoundTripMayUseTheAbandonedDialOfAnEarlierOne() {
    script.roundTrip(1).at(0).first("http://a.test/").getConn().conn(8).at(1).connectStart(1);
    script.conn(7).at(2).gotIdle(7, 1).wroteHeaders().wroteRequest();
    script.at(4).failed(new IOException("closed"));
    script.roundTrip(1).conn(8).at(5).connectDone(1, null);
    script.roundTrip(2).conn(0).at(6).start(2, RoundTripReason.RETRY, "http://a.test/").getConn();
    script.conn(8).gotIdle(8, 0);
    exchange();

    Timeline timeline = script.timeline();
    ConnectionRecord dial = timeline.connections().get(0);
    assertThat(dial.dialledBy()).hasValue(1);
    assertThat(dial.usedBy()).containsExactly(2);
    assertThat(dial.abandoned()).isTrue();
    ConnectionUse use = script.use(2);
    assertThat(use.dialledForAnotherRequest()).isFalse();
    assertThat(timeline.roundTrips().get(1).connectTime()).isNull();
  }

  @Test
  void aDialThatNeverReportsItsEndIsInProgressInItsRecord() {
    script.roundTrip(1).at(0).first("http://a.test/").getConn().conn(8).at(1).connectStart(1);
    script.conn(7).at(2).gotIdle(7, 1);
    exchange();

    script.at(100);
    assertThat(Script.text(script.timeline().connections().get(0).phases()))
        .containsExactly("CONNECT 1..100 IN_PROGRESS abandoned");
    assertThat(script.timeline().total()).hasMillis(21);
  }

  @Test
  void whatComesLateOnTheConnectionInUseGoesToItsRecord() {
    script.roundTrip(1).at(0).first("http://a.test/").getConn().conn(7).at(2).gotIdle(7, 1);
    exchange();
    script.conn(0).at(22).putIdle().at(23).firstByte().response(500).done();

    Timeline timeline = script.timeline();
    assertThat(timeline.roundTrips()).hasSize(1);
    assertThat(timeline.roundTrips().get(0).status()).hasValue(200);
    assertThat(Script.roundTrips(timeline)).containsExactly("#1 0..21 COMPLETED");
    assertThat(timeline.connections().get(0).lateEvents())
        .extracting(TraceEvent::hook)
        .extracting(Hook::methodName)
        .containsExactly("putIdleConn", "gotFirstResponseByte", "gotResponse", "roundTripDone");
  }
}
