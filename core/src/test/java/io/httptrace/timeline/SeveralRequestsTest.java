package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.EventStamp;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One recorder, several requests. */
class SeveralRequestsTest {
  private TraceRecorder recorder = new TraceRecorder();

  private void start(long request, long at) throws IOException {
    URI uri = URI.create("http://a.test/" + request);
    RoundTripStartInfo info = RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", uri);
    stamp(request, at).run(() -> recorder.roundTripStart(info));
  }

  private void done(long request, long at) throws IOException {
    RoundTripDoneInfo info = RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, null, null);
    stamp(request, at).run(() -> recorder.roundTripDone(info));
  }

  private static EventStamp stamp(long request, long at) {
    return EventStamp.of(at, 1, 0).withRequestId(request);
  }

  private static String text(Timeline timeline) {
    return timeline.roundTrips().stream()
        .map(
            trip ->
                trip.uri(Redaction.NONE)
                    + " "
                    + trip.start().toNanos()
                    + ".."
                    + trip.end().toNanos()
                    + " "
                    + trip.outcome())
        .toList()
        .toString();
  }

  @Test
  void requestsThatOverlapAreKeptApart() throws IOException {
    start(7, 10);
    start(8, 15);
    done(7, 20);
    done(8, 35);

    assertThat(recorder.timelines())
        .extracting(SeveralRequestsTest::text)
        .containsExactly("[http://a.test/7 0..10 COMPLETED]", "[http://a.test/8 0..20 COMPLETED]");
    assertThat(recorder.timelines()).extracting(t -> t.events().size()).containsExactly(2, 2);
  }

  @Test
  void theTimelineIsThatOfTheRequestThatBeganLast() throws IOException {
    start(7, 10);
    start(8, 15);
    done(8, 20);
    done(7, 35);

    assertThat(text(recorder.timeline())).isEqualTo("[http://a.test/8 0..5 COMPLETED]");
  }

  @Test
  void withoutARequestThereIsNoTimelineOfOne() {
    assertThat(recorder.timelines()).isEmpty();
    assertThat(recorder.timeline().events()).isEmpty();
  }

  @Test
  void whatAFullRecorderDropsIsCountedForItsRequest() throws IOException {
    recorder = TraceRecorder.builder().maxEvents(1).build();
    start(7, 10);
    done(7, 20);
    start(8, 30);
    done(8, 40);
    List<Timeline> timelines = recorder.timelines();

    assertThat(timelines).extracting(Timeline::droppedEvents).containsExactly(1L, 2L);
    assertThat(timelines).extracting(t -> t.events().size()).containsExactly(1, 0);
    assertThat(recorder.timeline().droppedEvents()).isEqualTo(2);
  }

  @Test
  void anEventIsReplayedWithItsRequest() throws IOException {
    start(7, 10);
    TraceRecorder other = new TraceRecorder();
    recorder.timeline().events().get(0).replay(other);
    EventStamp.of(20, 1, 0).withRequestId(8).run(() -> other.getConn("a.test:80"));

    assertThat(other.timelines()).extracting(t -> t.events().size()).containsExactly(1, 1);
  }

  @Test
  void newRequestsHaveNumbersOfTheirOwn() {
    assertThat(EventStamp.newRequestId()).isPositive().isLessThan(EventStamp.newRequestId());
  }
}
