package io.httptrace.conformance.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.conformance.time.Waiting;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The names of hooks, and waiting for them. */
final class HookNamesTest {
  private final HookNames names = new HookNames();
  private final ClientTrace trace = names.trace();

  @Test
  void fieldsThatFollowOneAnotherCountAsOne() {
    trace.wroteHeaderField("a", List.of("b"));
    trace.wroteHeaderField("c", List.of("d"));
    trace.wroteHeaders();
    trace.wroteHeaders();
    trace.wroteHeaderField("a", List.of("b"));

    assertThat(names.names())
        .containsExactly("wroteHeaderField", "wroteHeaders", "wroteHeaders", "wroteHeaderField");
    assertThat(names.recorder().timeline().events()).hasSize(5);
  }

  @Test
  void whatAnotherThreadTellsCanBeWaitedFor() throws InterruptedException {
    URI uri = URI.create("http://localhost/");
    trace.roundTripStart(RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", uri));
    Thread other =
        new Thread(
            () -> {
              trace.getConn("localhost:80");
              trace.roundTripDone(RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, null, null));
            });
    other.start();

    assertThat(names.await(Hook.GET_CONN).names()).startsWith("roundTripStart", "getConn");
    assertThat(names.awaitRoundTripDone().names())
        .containsExactly("roundTripStart", "getConn", "roundTripDone");
    other.join(Waiting.LIMIT.toMillis());
  }

  @Test
  void nothingIsWaitedForIfNoRoundTripHasBegun() {
    assertThat(names.awaitRoundTripDone().names()).isEmpty();
  }

  @Test
  void whoIsInterruptedHearsWhatIsMissing() {
    trace.getConn("localhost:80");
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> names.await(Hook.GOT_CONN))
        .withMessage("interrupted, with no gotConn after [getConn]");
    assertThat(Thread.interrupted()).isFalse();
  }
}
