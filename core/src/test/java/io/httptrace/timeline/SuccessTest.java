package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.Addresses;
import io.httptrace.ConnWaitReason;
import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Requests in which all goes well. */
class SuccessTest {

  static Script cold() {
    Script script = new Script();
    script.roundTrip(1).at(0).first("https://a.test/").getConn();
    script.conn(7).at(1).dnsStart().at(3).dnsDone(null);
    script.at(3).connectStart(1).at(8).connectDone(1, null);
    script.at(9).tlsStart().at(19).tlsDone(null);
    script.at(20).gotNew(7).at(21).wroteHeaders().at(22).wroteRequest();
    script.at(52).firstByte().at(53).response(200);
    return script.at(60).putIdle().at(61).done();
  }

  @Test
  void aColdRequestHasEachPhase() {
    assertThat(cold().phases(1))
        .containsExactly(
            "DNS 1..3 DONE",
            "CONNECT 3..8 DONE",
            "TLS 9..19 DONE",
            "REQUEST 20..22 DONE",
            "WAIT 22..52 DONE",
            "RESPONSE 52..61 DONE");
  }

  @Test
  void aColdRequestHasItsFigures() {
    Timeline timeline = cold().timeline();
    RoundTrip roundTrip = timeline.roundTrips().get(0);

    assertThat(timeline.startedAt()).isEqualTo(Script.START);
    assertThat(timeline.ended()).isTrue();
    assertThat(timeline.total()).isEqualTo(Duration.ofMillis(61));
    assertThat(timeline.timeToFirstByte()).isEqualTo(Duration.ofMillis(52));
    assertThat(timeline.droppedEvents()).isZero();
    assertThat(roundTrip.number()).isEqualTo(1);
    assertThat(roundTrip.reason()).isEqualTo(RoundTripReason.FIRST);
    assertThat(roundTrip.method()).isEqualTo("GET");
    assertThat(roundTrip.uri(Redaction.MASK_SECRETS)).isEqualTo("https://a.test/");
    assertThat(roundTrip.hostPort()).isEqualTo("a.test:443");
    assertThat(roundTrip.outcome()).isEqualTo(RoundTripOutcome.COMPLETED);
    assertThat(roundTrip.error()).isNull();
    assertThat(roundTrip.failedPhase()).isNull();
    assertThat(roundTrip.status()).hasValue(200);
    assertThat(roundTrip.protocol()).isEqualTo("HTTP/1.1");
    assertThat(roundTrip.bytes()).isSameAs(Script.BYTES);
    assertThat(roundTrip.requestHeaders())
        .extracting(HeaderField::toString)
        .containsExactly("Host: a.test");
    assertThat(roundTrip.timeToConnection()).isEqualTo(Duration.ofMillis(20));
    assertThat(roundTrip.connectTime()).isEqualTo(Duration.ofMillis(5));
    assertThat(roundTrip.connectTimeWithTls()).isEqualTo(Duration.ofMillis(16));
    assertThat(roundTrip.timeToFirstByte()).isEqualTo(Duration.ofMillis(52));
    assertThat(roundTrip.serverTime()).isEqualTo(Duration.ofMillis(30));
    assertThat(roundTrip.total()).isEqualTo(Duration.ofMillis(61));
  }

  @Test
  void aPhaseHasItsFacts() {
    RoundTrip roundTrip = cold().timeline().roundTrips().get(0);
    Phase dns = roundTrip.phases(PhaseKind.DNS).get(0);
    Phase connect = roundTrip.phases(PhaseKind.CONNECT).get(0);
    Phase tls = roundTrip.phases(PhaseKind.TLS).get(0);

    assertThat(dns.host()).isEqualTo("a.test");
    assertThat(dns.addresses()).containsExactly(Addresses.ip(1));
    assertThat(dns.coalesced()).isFalse();
    assertThat(dns.address()).isNull();
    assertThat(connect.address()).isEqualTo(Script.server(1));
    assertThat(tls.tls()).isSameAs(Script.TLS_STATE);
    assertThat(tls.duration()).isEqualTo(Duration.ofMillis(10));
    assertThat(roundTrip.phases()).allMatch(phase -> phase.connectionId().orElse(0) == 7);
  }

  @Test
  void theConnectionOfAColdRequestIsItsOwn() {
    Timeline timeline = cold().timeline();
    ConnectionUse use = cold().use(1);
    assertThat(use.id()).isEqualTo(7);
    assertThat(use.reused()).isFalse();
    assertThat(use.wasIdle()).isFalse();
    assertThat(use.idleTime()).isNull();
    assertThat(use.requestsBefore()).isZero();
    assertThat(use.dialledForAnotherRequest()).isFalse();
    assertThat(timeline.connections()).hasSize(1);
    ConnectionRecord record = timeline.connections().get(0);
    assertThat(record.id()).hasValue(7);
    assertThat(record.dialledBy()).hasValue(1);
    assertThat(record.usedBy()).containsExactly(1);
    assertThat(record.abandoned()).isFalse();
    assertThat(record.lateEvents()).isEmpty();
    assertThat(Script.text(record.attempts())).containsExactly("CONNECT 3..8 DONE");
    assertThat(Script.text(record.phases()))
        .containsExactly("DNS 1..3 DONE", "CONNECT 3..8 DONE", "TLS 9..19 DONE");
  }

  @Test
  void aPooledRequestHasNoDialAndNoFiguresOfOne() {
    Script script = new Script();
    script.roundTrip(1).at(0).first("http://a.test/").getConn().conn(7).at(1).gotIdle(7, 3);
    script.at(2).wroteHeaders().wroteRequest().at(5).firstByte().response(204).at(6).done();

    Timeline timeline = script.timeline();
    RoundTrip roundTrip = timeline.roundTrips().get(0);
    assertThat(script.phases(1))
        .containsExactly("REQUEST 1..2 DONE", "WAIT 2..5 DONE", "RESPONSE 5..6 DONE");
    assertThat(roundTrip.connectTime()).isNull();
    assertThat(roundTrip.connectTimeWithTls()).isNull();
    assertThat(roundTrip.timeToConnection()).isEqualTo(Duration.ofMillis(1));
    ConnectionUse use = script.use(1);
    assertThat(use.reused()).isTrue();
    assertThat(use.wasIdle()).isTrue();
    assertThat(use.idleTime()).isEqualTo(Duration.ofMillis(7));
    assertThat(use.requestsBefore()).isEqualTo(3);
    assertThat(use.dialledForAnotherRequest()).isFalse();
    ConnectionRecord record = timeline.connections().get(0);
    assertThat(record.dialledBy()).isEqualTo(OptionalInt.empty());
    assertThat(record.phases()).isEmpty();
  }

  @Test
  void aNewConnectionDialledForAnotherRequestIsShownAsThat() {
    Script script = new Script();
    script.roundTrip(1).at(0).first("http://a.test/").getConn().conn(7).at(1).gotIdle(7, 0);

    ConnectionUse use = script.use(1);
    assertThat(use.dialledForAnotherRequest()).isTrue();
  }

  @Test
  void anHttp2ConnectionWaitedForWasDialledForAnotherRequestThoughItIsNotReused() {
    GotConnInfo got =
        GotConnInfo.of(
            ConnectionInfo.of(7, Script.server(9), Script.server(1), "HTTP/2", Script.TLS_STATE, 0),
            false,
            false,
            Duration.ZERO);
    Script script = new Script();
    script.roundTrip(1).at(0).first("https://a.test/").getConn();
    script.at(1).fire(trace -> trace.connWaitStart(ConnWaitReason.PENDING_DIAL));
    script.at(9).got(got);

    ConnectionUse use = script.use(1);
    assertThat(use.reused()).isFalse();
    assertThat(use.dialledForAnotherRequest()).isTrue();
  }

  @Test
  void waitingForThePoolEndsWithTheConnection() {
    Script script = new Script();
    script.roundTrip(1).at(0).first("http://a.test/").getConn();
    script.at(1).fire(trace -> trace.connWaitStart(ConnWaitReason.HOST_LIMIT));
    script.conn(7).at(30).gotIdle(7, 1).at(31).wroteHeaders().wroteRequest();
    script.at(40).firstByte().response(200).at(41).done();

    assertThat(script.phases(1))
        .containsExactly(
            "QUEUE 1..30 DONE", "REQUEST 30..31 DONE", "WAIT 31..40 DONE", "RESPONSE 40..41 DONE");
    assertThat(script.timeline().roundTrips().get(0).phases(PhaseKind.QUEUE).get(0).waitReason())
        .isEqualTo(ConnWaitReason.HOST_LIMIT);
  }

  @Test
  void waitingForThePoolEndsWhenTheRequestMayDial() {
    Script script = new Script();
    script.roundTrip(1).at(0).first("http://a.test/").getConn();
    script.at(1).fire(trace -> trace.connWaitStart(ConnWaitReason.HOST_LIMIT));
    script
        .conn(7)
        .at(30)
        .dnsStart()
        .at(31)
        .dnsDone(null)
        .connectStart(1)
        .at(33)
        .connectDone(1, null);
    script.at(34).gotNew(7);

    assertThat(script.phases(1))
        .containsExactly(
            "QUEUE 1..30 DONE",
            "DNS 30..31 DONE",
            "CONNECT 31..33 DONE",
            "REQUEST 34..34 IN_PROGRESS");
  }

  @Test
  void informationalResponsesAreKeptAndTheFirstByteIsTheirs() {
    Script script = new Script();
    script.roundTrip(1).at(0).first("http://a.test/").getConn().conn(7).at(1).gotIdle(7, 1);
    script.at(2).wroteHeaders().wroteRequest().at(5).firstByte();
    script.fire(trace -> trace.got1xxResponse(103, Map.of("Link", List.of("</a.css>"))));
    script.at(20).response(200).at(21).done();

    RoundTrip roundTrip = script.timeline().roundTrips().get(0);
    assertThat(roundTrip.timeToFirstByte()).isEqualTo(Duration.ofMillis(5));
    assertThat(roundTrip.informationalResponses()).hasSize(1);
    InformationalResponse hints = roundTrip.informationalResponses().get(0);
    assertThat(hints.code()).isEqualTo(103);
    assertThat(hints.at()).isEqualTo(Duration.ofMillis(5));
    assertThat(hints).hasToString("103 {Link=[</a.css>]}");
  }

  @Test
  void aResponseBeforeTheEndOfTheUploadLeavesNoWaitAndOverlaps() {
    Script script = new Script();
    script.roundTrip(1).at(0).first("http://a.test/").getConn().conn(7).at(1).gotIdle(7, 1);
    script.at(2).wroteHeaders().at(5).firstByte().response(200);
    script.at(9).wroteRequest().at(12).done();

    assertThat(script.phases(1)).containsExactly("REQUEST 1..9 DONE", "RESPONSE 5..12 DONE");
    assertThat(script.timeline().roundTrips().get(0).serverTime()).isNull();
  }

  @Test
  void anUploadLeftUnfinishedByACompleteResponseIsCut() {
    Script script = new Script();
    script.roundTrip(1).at(0).first("http://a.test/").getConn().conn(7).at(1).gotIdle(7, 1);
    script.at(2).wroteHeaders().at(5).firstByte().response(413).at(6).done();
    script.at(8).wroteRequest(new IOException("closed"));

    assertThat(script.phases(1)).containsExactly("REQUEST 1..6 CUT", "RESPONSE 5..6 DONE");
    assertThat(script.timeline().roundTrips().get(0).failedPhase()).isNull();
  }

  @Test
  void aBodyLeftUnreadIsCutAndNoPhaseFailed() {
    Script abandoned = new Script();
    abandoned.roundTrip(1).at(0).first("http://a.test/").getConn().conn(7).at(1).gotIdle(7, 1);
    abandoned.at(2).wroteHeaders().wroteRequest().at(5).firstByte().response(200);
    abandoned.at(9).done(RoundTripOutcome.ABANDONED, null);

    assertThat(abandoned.phases(1))
        .containsExactly("REQUEST 1..2 DONE", "WAIT 2..5 DONE", "RESPONSE 5..9 CUT");
    assertThat(abandoned.timeline().roundTrips().get(0).failedPhase()).isNull();
  }
}
