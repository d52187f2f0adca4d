package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.RoundTripReason;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Retries and redirects are round trips of their own. */
class RoundTripsTest {
  private final Script script = new Script();

  private void exchange(long connection, int startsAt, int status) {
    script.conn(connection).at(startsAt).wroteHeaders().wroteRequest();
    script.at(startsAt + 5L).firstByte().response(status);
    script.at(startsAt + 6L).putIdle().at(startsAt + 7L).done();
  }

  @Test
  void aRetryFollowsTheRoundTripThatFailed() {
    IOException closed = new IOException("closed");
    script.roundTrip(1).at(0).first("http://a.test/").getConn().conn(7).at(1).gotIdle(7, 1);
    script.at(2).wroteHeaders().wroteRequest().at(4).failed(closed);
    script.roundTrip(2).conn(0).at(5).start(2, RoundTripReason.RETRY, "http://a.test/").getConn();
    script.conn(8).at(6).connectStart(1).at(9).connectDone(1, null).gotNew(8);
    exchange(8, 10, 200);

    Timeline timeline = script.timeline();
    assertThat(Script.roundTrips(timeline)).containsExactly("#1 0..4 FAILED", "#2 5..17 COMPLETED");
    assertThat(script.phases(1)).containsExactly("REQUEST 1..2 DONE", "WAIT 2..4 CUT closed");
    assertThat(script.phases(2))
        .containsExactly(
            "CONNECT 6..9 DONE", "REQUEST 9..10 DONE", "WAIT 10..15 DONE", "RESPONSE 15..17 DONE");
    assertThat(timeline.roundTrips().get(1).timeToFirstByte()).isEqualTo(Duration.ofMillis(10));
    assertThat(timeline.timeToFirstByte()).isEqualTo(Duration.ofMillis(15));
    assertThat(timeline.total()).isEqualTo(Duration.ofMillis(17));
    assertThat(timeline.connections())
        .extracting(record -> record.id().orElse(0))
        .containsExactly(7L, 8L);
  }

  @Test
  void aRedirectOnTheSameConnectionUsesItTwice() {
    script.roundTrip(1).at(0).first("http://a.test/").getConn();
    script.conn(7).connectStart(1).at(1).connectDone(1, null).gotNew(7);
    exchange(7, 2, 302);
    script
        .roundTrip(2)
        .conn(0)
        .at(10)
        .start(2, RoundTripReason.REDIRECT, "http://a.test/b")
        .getConn();
    script.conn(7).gotIdle(7, 1);
    exchange(7, 11, 200);

    Timeline timeline = script.timeline();
    assertThat(Script.roundTrips(timeline))
        .containsExactly("#1 0..9 COMPLETED", "#2 10..18 COMPLETED");
    assertThat(timeline.roundTrips().get(0).status()).hasValue(302);
    assertThat(timeline.roundTrips().get(1).uri(Redaction.NONE)).isEqualTo("http://a.test/b");
    assertThat(timeline.roundTrips().get(1).connectTime()).isNull();
    assertThat(timeline.connections()).hasSize(1);
    assertThat(timeline.connections().get(0).dialledBy()).hasValue(1);
    assertThat(timeline.connections().get(0).usedBy()).containsExactly(1, 2);
  }

  @Test
  void theNumbersOfTheEventsWinOverTheirOrder() {
    script.roundTrip(1).at(0).first("http://a.test/").getConn().conn(7).at(1).gotIdle(7, 1);
    script.at(2).wroteHeaders().wroteRequest();
    script
        .roundTrip(2)
        .conn(0)
        .at(10)
        .start(2, RoundTripReason.REDIRECT, "http://b.test/")
        .getConn();
    script.roundTrip(1).conn(7).at(12).firstByte().at(13).done();

    assertThat(script.phases(1))
        .containsExactly("REQUEST 1..2 DONE", "WAIT 2..12 DONE", "RESPONSE 12..13 DONE");
    assertThat(script.phases(2)).isEmpty();
  }

  @Test
  void betweenTwoRoundTripsATimelineHasEnded() {
    script.roundTrip(1).at(0).first("http://a.test/").getConn().at(1).done();
    assertThat(script.at(5).timeline().ended()).isTrue();
    assertThat(script.timeline().total()).isEqualTo(Duration.ofMillis(1));
    script.roundTrip(2).at(6).start(2, RoundTripReason.REDIRECT, "http://b.test/");
    assertThat(script.at(9).timeline().ended()).isFalse();
    assertThat(script.timeline().total()).isEqualTo(Duration.ofMillis(9));
  }

  @Test
  void aRoundTripWithoutAnEndIsOverWhenAnotherFollows() {
    script.roundTrip(1).at(0).first("http://a.test/").getConn().conn(7).at(1).connectStart(1);
    script
        .roundTrip(2)
        .conn(0)
        .at(10)
        .start(2, RoundTripReason.RETRY, "http://a.test/")
        .at(11)
        .done();

    assertThat(Script.roundTrips(script.timeline()))
        .containsExactly("#1 0..1 null", "#2 10..11 COMPLETED");
    assertThat(script.phases(1)).containsExactly("CONNECT 1..1 CUT");
  }

  @Test
  void anEmptyTimelineHasNothing() {
    Timeline timeline = script.timeline();
    assertThat(timeline.startedAt()).isEqualTo(Script.START);
    assertThat(timeline.roundTrips()).isEmpty();
    assertThat(timeline.events()).isEmpty();
    assertThat(timeline.connections()).isEmpty();
    assertThat(timeline.total()).isNull();
    assertThat(timeline.timeToFirstByte()).isNull();
    assertThat(timeline.ended()).isFalse();
  }
}
