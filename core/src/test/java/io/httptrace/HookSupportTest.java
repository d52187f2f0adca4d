package io.httptrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a client says of its hooks reaches whoever reads its timeline. */
class HookSupportTest {
  private static final HookSupport SOME =
      HookSupport.builder()
          .never("no callback", Hook.DNS_START, Hook.DNS_DONE, Hook.CONN_WAIT_START)
          .approximate("told after the flush", Hook.WROTE_REQUEST)
          .stamped("told with the response", Hook.CONNECT_DONE)
          .build();

  private static Timeline timeline(HookSupport support) {
    TraceRecorder recorder = new TraceRecorder();
    URI uri = URI.create("http://a.test/");
    recorder.roundTripStart(RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", uri, support));
    return recorder.timeline();
  }

  @Test
  void aHookIsExactUnlessSaidOtherwise() {
    assertThat(SOME.level(Hook.DNS_DONE)).isEqualTo(HookSupport.Level.NEVER);
    assertThat(SOME.level(Hook.WROTE_REQUEST)).isEqualTo(HookSupport.Level.APPROXIMATE);
    assertThat(SOME.level(Hook.CONNECT_DONE)).isEqualTo(HookSupport.Level.STAMPED);
    assertThat(SOME.level(Hook.GET_CONN)).isEqualTo(HookSupport.Level.EXACT);
    assertThat(SOME.reason(Hook.DNS_DONE)).isEqualTo("no callback");
    assertThat(SOME.reason(Hook.GET_CONN)).isNull();
    assertThat(Hook.values())
        .allMatch(hook -> HookSupport.allExact().level(hook) == HookSupport.Level.EXACT);
  }

  @Test
  void theTimelineCarriesItAndSaysWhichPhasesAreNotObservable() {
    Timeline timeline = timeline(SOME);
    RoundTrip roundTrip = timeline.roundTrips().get(0);

    assertThat(timeline.hookSupport()).isSameAs(SOME);
    assertThat(roundTrip.notObservable())
        .containsExactly(
            Map.entry(PhaseKind.QUEUE, "no callback"), Map.entry(PhaseKind.DNS, "no callback"));
    assertThat(timeline(HookSupport.allExact()).roundTrips().get(0).notObservable()).isEmpty();
  }

  @Test
  void aClientThatDoesNotSaySaysNothing() {
    Timeline timeline = timeline(null);

    assertThat(timeline.hookSupport()).isNull();
    assertThat(timeline.roundTrips().get(0).notObservable()).isEmpty();
  }

  @Test
  void itPrintsWhatIsNotExact() {
    assertThat(SOME)
        .hasToString(
            "HookSupport[dnsStart NEVER: no callback, dnsDone NEVER: no callback,"
                + " connectDone STAMPED: told with the response,"
                + " wroteRequest APPROXIMATE: told after the flush,"
                + " connWaitStart NEVER: no callback]");
    assertThat(HookSupport.allExact()).hasToString("HookSupport[all EXACT]");
    assertThat(HookSupport.builder().build()).isEqualTo(HookSupport.allExact());
  }

  @Test
  void aReasonIsNeeded() {
    assertThatThrownBy(() -> HookSupport.builder().never(" ", Hook.DNS_DONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the reason is blank");
    assertThatThrownBy(() -> HookSupport.builder().stamped(null, Hook.DNS_DONE))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("reason");
  }
}
