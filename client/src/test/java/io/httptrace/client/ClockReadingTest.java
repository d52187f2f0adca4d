package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.httptrace.ClientTrace;
import io.httptrace.client.hooks.RequestTrace;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No clock is read for a trace that nobody has asked for. */
class ClockReadingTest {
  private static final Set<String> READING =
      Set.of("nanoTime", "currentTimeMillis", "now", "millis", "instant");

  /**
   * Whoever needs another time has a clock that is given to it. The others here are when something
   * was there to be read, if a trace wants to know, the end of a client, ticks, and the start of a
   * handshake, which tells a resumed session from a new one.
   */
  @Test
  void timesOfEventsAreReadInFewPlaces() {
    Set<String> readers = new TreeSet<>();
    new ClassFileImporter()
        .importUrl(TracingHttpClient.class.getProtectionDomain().getCodeSource().getLocation())
        .forEach(
            type ->
                type.getMethodCallsFromSelf().stream()
                    .filter(ClockReadingTest::readsTheClock)
                    .map(call -> type.getSimpleName() + "." + call.getOrigin().getName())
                    .forEach(readers::add));

    assertThat(readers)
        .containsExactly(
            "ClientCore.awaitEnd",
            "End.left",
            "Poller.listenIfDue",
            "Poller.selectedAt",
            "Poller.tick",
            "ReadTime.hasRead",
            "Readiness.dealWithOwn",
            "RequestTrace.now",
            "SystemClock.nanoTime",
            "TlsHandshake.<init>");
  }

  private static boolean readsTheClock(JavaMethodCall call) {
    String owner = call.getTargetOwner().getFullName();
    return (owner.equals("java.lang.System") || owner.startsWith("java.time."))
        && READING.contains(call.getName());
  }

  @Test
  void withoutATraceThatPlaceReadsNone() {
    assertThat(RequestTrace.of(RequestTrace.ofCall(null), 1)).isSameAs(RequestTrace.NONE);
    assertThat(RequestTrace.NONE.now()).isZero();
    assertThat(RequestTrace.of(RequestTrace.ofCall(new ClientTrace() {}), 1).now()).isNotZero();
  }
}
