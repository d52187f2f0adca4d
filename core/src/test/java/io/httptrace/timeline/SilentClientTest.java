package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.TlsConnectionState;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Clients that do not say which round trip or connection an event belongs to, or leave hooks out.
 */
class SilentClientTest {
  private final Script script = new Script();

  private Script exchange(long startsAt) {
    script.at(startsAt).wroteHeaders().wroteRequest();
    return script.at(startsAt + 2).firstByte().response(200).at(startsAt + 3).putIdle();
  }

  @Test
  void onlyGosHooksMakeARoundTripThatEndsWithTheReturnOfTheConnection() {
    script.at(0).getConn().at(1).dnsStart().at(2).dnsDone(null).connectStart(1);
    script.at(4).connectDone(1, null).gotNew(7);
    exchange(5);

    Timeline timeline = script.at(50).timeline();
    assertThat(Script.roundTrips(timeline)).containsExactly("#1 0..8 COMPLETED");
    assertThat(script.phases(1))
        .containsExactly(
            "DNS 1..2 DONE",
            "CONNECT 2..4 DONE",
            "REQUEST 4..5 DONE",
            "WAIT 5..7 DONE",
            "RESPONSE 7..8 DONE");
    RoundTrip roundTrip = timeline.roundTrips().get(0);
    assertThat(roundTrip.reason()).isNull();
    assertThat(roundTrip.method()).isNull();
    assertThat(roundTrip.uri(Redaction.NONE)).isNull();
    assertThat(roundTrip.bytes()).isNull();
    assertThat(roundTrip.hostPort()).isEqualTo("a.test:80");
    assertThat(timeline.ended()).isTrue();
  }

  @Test
  void aDialWithoutAnIdGetsThatOfTheConnectionItMade() {
    script.at(0).getConn().connectStart(1).at(4).connectDone(1, null).gotNew(7);

    Timeline timeline = script.timeline();
    assertThat(timeline.connections()).hasSize(1);
    assertThat(timeline.connections().get(0).id()).hasValue(7);
    assertThat(timeline.connections().get(0).usedBy()).containsExactly(1);
    assertThat(timeline.roundTrips().get(0).connectTime()).hasMillis(4);
    assertThat(timeline.roundTrips().get(0).phases())
        .allMatch(p -> p.connectionId().orElse(0) == 7);
  }

  @Test
  void aDialWithoutAnIdIsAbandonedWhenTheConnectionIsAnother() {
    script.at(0).getConn().connectStart(1).at(4).gotIdle(7, 2);
    exchange(5);

    ConnectionRecord dial = script.timeline().connections().get(0);
    assertThat(dial.id()).isEmpty();
    assertThat(dial.abandoned()).isTrue();
  }

  @Test
  void gettingAConnectionAgainAfterWritingBeginsARoundTrip() {
    script.at(0).getConn().at(1).gotIdle(7, 1).wroteHeaders().wroteRequest();
    script.at(10).getConn().connectStart(1).at(12).connectDone(1, null).gotNew(8);
    exchange(13);

    Timeline timeline = script.timeline();
    assertThat(Script.roundTrips(timeline)).containsExactly("#1 0..1 null", "#2 10..16 COMPLETED");
    assertThat(script.phases(1)).containsExactly("REQUEST 1..1 DONE", "WAIT 1..1 CUT");
    assertThat(timeline.ended()).isTrue();
  }

  @Test
  void gettingAConnectionAgainBeforeWritingIsTheSameRoundTrip() {
    script.at(0).getConn().at(1).getConn().connectStart(1).at(2).connectDone(1, null).gotNew(8);

    assertThat(Script.roundTrips(script.timeline())).containsExactly("#1 0..2 IN_PROGRESS");
  }

  @Test
  void startsWithoutNumbersInTheEventsAreRoundTripsOfTheirOwn() {
    script.at(0).first("http://a.test/").getConn().at(1).gotIdle(7, 1);
    exchange(2).at(6).done();
    script.at(7).start(2, RoundTripReason.REDIRECT, "http://a.test/b").getConn().gotIdle(7, 2);
    exchange(8).at(12).done();

    assertThat(Script.roundTrips(script.timeline()))
        .containsExactly("#1 0..6 COMPLETED", "#2 7..12 COMPLETED");
    assertThat(script.phases(2))
        .containsExactly("REQUEST 7..8 DONE", "WAIT 8..10 DONE", "RESPONSE 10..12 DONE");
  }

  @Test
  void aStartThatComesAfterItsFirstEventsFillsTheRoundTripIn() {
    script.at(0).getConn().at(1).first("http://a.test/").at(2).gotIdle(7, 1);

    Timeline timeline = script.timeline();
    assertThat(timeline.roundTrips()).hasSize(1);
    assertThat(timeline.roundTrips().get(0).method()).isEqualTo("GET");
    assertThat(timeline.roundTrips().get(0).start()).isZero();
  }

  @Test
  void anEndWithoutAStartIsTheEndOfTheRoundTripAfterItsConnectionWentBack() {
    script.at(0).getConn().at(1).gotIdle(7, 1);
    exchange(2).at(9).done(RoundTripOutcome.COMPLETED, null);

    assertThat(Script.roundTrips(script.timeline())).containsExactly("#1 0..9 COMPLETED");
    assertThat(script.phases(1))
        .containsExactly("REQUEST 1..2 DONE", "WAIT 2..4 DONE", "RESPONSE 4..9 DONE");
  }

  @Test
  void twoDialsInARowWithoutIdsAreTwo() {
    script.at(0).getConn().connectStart(1).at(1).connectDone(1, null);
    script.tlsStart().at(2).tlsDone(new IOException("version"));
    script
        .at(3)
        .connectStart(1)
        .at(4)
        .connectDone(1, null)
        .tlsStart()
        .at(6)
        .tlsDone(null)
        .gotNew(7);

    assertThat(script.phases(1))
        .containsExactly(
            "CONNECT 0..1 DONE",
            "TLS 1..2 FAILED version",
            "CONNECT 3..4 DONE",
            "TLS 4..6 DONE",
            "REQUEST 6..6 IN_PROGRESS");
    List<ConnectionRecord> records = script.timeline().connections();
    assertThat(records).hasSize(2);
    assertThat(Script.text(records.get(0).phases()))
        .containsExactly("CONNECT 0..1 DONE", "TLS 1..2 FAILED version");
    assertThat(Script.text(records.get(1).phases()))
        .containsExactly("CONNECT 3..4 DONE", "TLS 4..6 DONE");
    assertThat(records.get(1).id()).hasValue(7);
  }

  @Test
  void beforeAnythingIsWrittenARoundTripMayTakeAnotherConnectionButNotAfter() {
    script.roundTrip(1).at(0).first("http://a.test/").at(1).gotIdle(7, 1).at(2).gotIdle(8, 1);
    script.at(3).wroteHeaders().at(4).gotIdle(9, 1).at(5).wroteRequest().at(6).done();

    assertThat(script.use(1).id()).isEqualTo(8);
    assertThat(script.phases(1)).containsExactly("REQUEST 2..5 DONE");
  }

  @Test
  void anEndWithoutAStartIsNoPhase() {
    script
        .at(0)
        .getConn()
        .at(1)
        .dnsDone(null)
        .connectDone(1, null)
        .tlsDone(null)
        .proxyDone(200, null);
    script.at(2).gotNew(7);

    assertThat(script.phases(1)).containsExactly("REQUEST 2..2 IN_PROGRESS");
    assertThat(script.timeline().events()).hasSize(6);
  }

  @Test
  void anEndIsMatchedByAddress() {
    script.at(0).getConn().connectStart(1).at(1).connectStart(2);
    script.at(2).connectDone(2, null).at(5).connectDone(1, new IOException("lost"));

    assertThat(script.phases(1)).containsExactly("CONNECT 0..5 FAILED lost", "CONNECT 1..2 DONE");
  }

  @Test
  void aRepeatedEndDoesNotMoveTheFirst() {
    script.roundTrip(1).at(0).first("http://a.test/").conn(7).dnsStart();
    script.at(1).dnsDone(null).at(2).dnsDone(null).at(3).connectStart(1);
    script.at(4).connectDone(1, null).at(5).connectDone(1, new IOException("again"));
    script.at(6).gotNew(7).wroteHeaders().at(7).wroteRequest().at(8).wroteRequest();
    script.at(9).firstByte().at(10).firstByte().at(11).done().at(12).done();

    assertThat(script.phases(1))
        .containsExactly(
            "DNS 0..1 DONE",
            "CONNECT 3..4 DONE",
            "REQUEST 6..7 DONE",
            "WAIT 7..9 DONE",
            "RESPONSE 9..11 DONE");
  }

  @Test
  void aRepeatedStartIsClosedWithTheRoundTrip() {
    script.roundTrip(1).at(0).first("https://a.test/").conn(7).at(1).tlsStart().at(2).tlsStart();
    script.at(3).tlsDone(null).at(4).done();

    assertThat(script.phases(1)).containsExactly("PROXY_TLS 1..3 DONE", "TLS 2..4 CUT");
  }

  @Test
  void withoutTheHookOfTheFirstByteTheHeadEndsTheWaitButIsNoFirstByte() {
    script
        .roundTrip(1)
        .at(0)
        .first("http://a.test/")
        .conn(7)
        .gotIdle(7, 1)
        .wroteHeaders()
        .wroteRequest();
    script.at(5).response(200).at(9).done();

    assertThat(script.phases(1))
        .containsExactly("REQUEST 0..0 DONE", "WAIT 0..5 DONE", "RESPONSE 5..9 DONE");
    assertThat(script.timeline().roundTrips().get(0).timeToFirstByte()).isNull();
    assertThat(script.timeline().timeToFirstByte()).isNull();
  }

  @Test
  void withoutAnyHookOfTheResponseThereIsNoWait() {
    script.roundTrip(1).at(0).first("http://a.test/").conn(7).gotIdle(7, 1).wroteHeaders();
    script.at(1).wroteRequest().at(9).done();

    assertThat(script.phases(1)).containsExactly("REQUEST 0..1 DONE");
  }

  @Test
  void withoutTheHookOfTheConnectionThereIsNoRequestPhase() {
    script.roundTrip(1).at(0).first("http://a.test/").at(1).wroteHeaders().at(2).wroteRequest();
    script.at(5).firstByte().at(9).done();

    assertThat(script.phases(1)).containsExactly("WAIT 2..5 DONE", "RESPONSE 5..9 DONE");
    assertThat(script.timeline().roundTrips().get(0).connection()).isNull();
    assertThat(script.timeline().roundTrips().get(0).timeToConnection()).isNull();
  }

  @Test
  void aHandshakeThatSucceedsWithoutAStateHasNone() {
    TlsConnectionState none = null;
    script.roundTrip(1).at(0).first("https://a.test/").conn(7).tlsStart().at(1);
    script.fire(trace -> trace.tlsHandshakeDone(none, null));

    assertThat(script.phases(1)).containsExactly("TLS 0..1 DONE");
    assertThat(script.timeline().roundTrips().get(0).phases().get(0).tls()).isNull();
  }

  @Test
  void hooksThatAreRunLateCountWhenTheirEventsHappened() {
    script.roundTrip(1).conn(7).at(5).connectDone(1, null).at(3).connectStart(1).at(0).getConn();

    assertThat(script.phases(1)).containsExactly("CONNECT 3..5 DONE");
    assertThat(script.timeline().events())
        .extracting(TraceEvent::hook)
        .extracting(Hook::methodName)
        .isEqualTo(List.of("getConn", "connectStart", "connectDone"));
  }

  @Test
  void aClientThatDoesNotCountBytesLeavesThemAbsent() {
    script.roundTrip(1).at(0).first("http://a.test/");
    script.at(9);
    script.fire(
        trace -> trace.roundTripDone(RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, null, null)));

    Timeline timeline = script.timeline();
    assertThat(timeline.roundTrips().get(0).bytes()).isNull();
    assertThat(timeline.events().get(1).arguments(Redaction.MASK_SECRETS)).isEqualTo("COMPLETED");
  }
}
