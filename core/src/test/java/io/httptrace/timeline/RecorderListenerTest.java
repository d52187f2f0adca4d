package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.EventStamp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events as they happen. */
class RecorderListenerTest {
  private final List<String> heard = new ArrayList<>();

  private TraceRecorder recorder(int maxEvents) {
    return TraceRecorder.builder()
        .maxEvents(maxEvents)
        .listener(event -> heard.add(event.toString()))
        .build();
  }

  @Test
  void aListenerHearsEachEventWithItsOffset() throws IOException {
    TraceRecorder recorder = recorder(10);
    EventStamp.of(5_000_000, 1, 0).run(() -> recorder.getConn("a.test:80"));
    EventStamp.of(7_000_000, 1, 7).run(recorder::wroteHeaders);

    assertThat(heard).containsExactly("+0.000ms getConn(a.test:80)", "+2.000ms wroteHeaders()");
  }

  @Test
  void anEventFromBeforeTheFirstHasNoNegativeOffset() throws IOException {
    TraceRecorder recorder = recorder(10);
    EventStamp.of(5_000_000, 1, 0).run(recorder::wroteHeaders);
    EventStamp.of(4_000_000, 1, 0).run(() -> recorder.getConn("a.test:80"));

    assertThat(heard).containsExactly("+0.000ms wroteHeaders()", "+0.000ms getConn(a.test:80)");
    assertThat(recorder.timeline().events())
        .hasToString("[+0.000ms getConn(a.test:80), +1.000ms wroteHeaders()]");
  }

  @Test
  void aListenerHearsWhatIsDroppedToo() throws IOException {
    TraceRecorder recorder = recorder(1);
    EventStamp.of(5_000_000, 1, 0).run(() -> recorder.getConn("a.test:80"));
    EventStamp.of(7_000_000, 1, 7).run(recorder::wroteHeaders);

    assertThat(heard).hasSize(2);
    assertThat(recorder.timeline().droppedEvents()).isEqualTo(1);
  }

  @Test
  void aListenerMayAskForTheTimeline() {
    List<Integer> sizes = new ArrayList<>();
    TraceRecorder[] recorder = new TraceRecorder[1];
    recorder[0] =
        TraceRecorder.builder()
            .listener(event -> sizes.add(recorder[0].timeline().events().size()))
            .build();
    recorder[0].wroteHeaders();
    recorder[0].wroteHeaders();

    assertThat(sizes).containsExactly(1, 2);
  }
}
