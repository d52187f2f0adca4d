package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.RoundTripReason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Limits, clocks and arguments of the recorder. */
class RecorderLimitTest {

  @Test
  void anEndlessChainOfRedirectsIsCutOffAndSaysSo() {
    Script script = new Script(100);
    for (int roundTrip = 1; roundTrip <= 1000; roundTrip++) {
      script
          .roundTrip(roundTrip)
          .at(roundTrip)
          .start(roundTrip, RoundTripReason.REDIRECT, "http://a.test/")
          .done();
    }

    Timeline timeline = script.at(5000).timeline();
    assertThat(timeline.events()).hasSize(100);
    assertThat(timeline.droppedEvents()).isEqualTo(1900);
    assertThat(timeline.roundTrips()).hasSize(50);
    assertThat(timeline.total()).isEqualTo(Duration.ofMillis(49));
  }

  @Test
  void whatIsOpenWhenTheRecorderIsFullLastsUntilTheLastEventKept() {
    Script script = new Script(3);
    script.roundTrip(1).at(0).first("http://a.test/").conn(7).at(1).connectStart(1);
    script.at(5).connectStart(2).at(9).connectDone(2, null);

    assertThat(Script.text(script.at(100).timeline().roundTrips().get(0).phases()))
        .containsExactly("CONNECT 1..5 IN_PROGRESS", "CONNECT 5..5 IN_PROGRESS");
  }

  @Test
  void aLimitBelowOneIsRefused() {
    assertThatThrownBy(() -> TraceRecorder.builder().maxEvents(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit: 0");
  }

  @Test
  void stampsFarApartMakeNoNegativeTimes() throws IOException {
    TraceRecorder recorder = TraceRecorder.builder().nanoTime(() -> 0).build();
    for (long stamp : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE + 1}) {
      EventStamp.of(stamp, 1, 1)
          .run(
              () -> {
                recorder.connectStart("tcp", Script.server(1));
                recorder.connectDone("tcp", Script.server(1), null);
                recorder.gotFirstResponseByte();
              });
    }
    Invariants.check(recorder.timeline());
  }

  @Test
  void aClientWithoutStampsIsTimedByTheClock() {
    TraceRecorder recorder = new TraceRecorder();
    recorder.getConn("a.test:80");
    recorder.connectStart("tcp", Script.server(1));
    recorder.connectDone("tcp", Script.server(1), null);

    Timeline timeline = recorder.timeline();
    Invariants.check(timeline);
    assertThat(timeline.roundTrips().get(0).phases()).hasSize(1);
    assertThat(Duration.between(timeline.startedAt(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void theStartIsTheFirstEventByTheWallClock() {
    Script script = new Script();
    script.at(1500).getConn();
    assertThat(script.timeline().startedAt()).isEqualTo(Script.START.plusMillis(1500));
  }

  @Test
  void whatTheCallerChangesLaterIsNotSeen() {
    TraceRecorder recorder = new TraceRecorder();
    List<String> values = new ArrayList<>(List.of("a"));
    Map<String, List<String>> headers = new HashMap<>(Map.of("Link", values));
    recorder.wroteHeaderField("X", values);
    recorder.got1xxResponse(103, headers);
    values.add("b");
    headers.clear();

    RoundTrip roundTrip = recorder.timeline().roundTrips().get(0);
    assertThat(roundTrip.requestHeaders()).hasToString("[X: a]");
    assertThat(roundTrip.informationalResponses()).hasToString("[103 {Link=[a]}]");
  }

  @Test
  void aTimelineDoesNotChangeWhenMoreIsRecorded() {
    Script script = new Script();
    script.roundTrip(1).at(0).first("http://a.test/").conn(7).at(1).connectStart(1);
    Timeline before = script.at(2).timeline();
    script.at(3).connectDone(1, null).at(4).done();

    assertThat(before.ended()).isFalse();
    assertThat(Script.text(before.roundTrips().get(0).phases()))
        .containsExactly("CONNECT 1..2 IN_PROGRESS");
    assertThat(Script.text(before.connections().get(0).phases()))
        .containsExactly("CONNECT 1..2 IN_PROGRESS");
  }

  @Test
  void replayingIntoAnotherRecorderMakesTheSameTimeline() throws IOException {
    Timeline original = SuccessTest.cold().timeline();
    TraceRecorder copy =
        TraceRecorder.builder().nanoTime(() -> Script.BASE).wallClock(() -> Script.START).build();
    for (TraceEvent event : original.events()) {
      event.replay(copy);
    }
    assertThat(Script.text(copy.timeline().roundTrips().get(0).phases()))
        .isEqualTo(Script.text(original.roundTrips().get(0).phases()));
    assertThat(copy.timeline().events()).hasToString(original.events().toString());
  }

  @Test
  void replayPassesOnAVeto() {
    Script script = new Script();
    script.fire(trace -> trace.got1xxResponse(103, Map.of()));
    IOException veto = new IOException("veto");
    ClientTrace vetoing =
        ClientTrace.builder()
            .got1xxResponse(
                (code, header) -> {
                  throw veto;
                })
            .build();
    assertThatThrownBy(() -> script.timeline().events().get(0).replay(vetoing)).isSameAs(veto);
  }

  @Test
  @SuppressWarnings("NullAway") // null is what is tested
  void nullArgumentsAreRefusedWhereTheyAreGiven() {
    TraceRecorder recorder = new TraceRecorder();
    assertThatThrownBy(() -> recorder.gotConn(null)).hasMessage("info");
    assertThatThrownBy(() -> recorder.connectDone("tcp", null, null)).hasMessage("addr");
    assertThat(recorder.timeline().events()).isEmpty();
  }
}
