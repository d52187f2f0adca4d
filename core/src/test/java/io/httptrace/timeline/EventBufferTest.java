package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.EventStamp;
import io.httptrace.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is put into a buffer comes out of it, whatever the values are. */
class EventBufferTest {
  private static final long[] ODD = {0, 1, -1, 63, 64, 127, 128, Long.MAX_VALUE, Long.MIN_VALUE};
  private final EventBuffer buffer = new EventBuffer(42);
  private final List<String> added = new ArrayList<>();

  private void add(Hook hook, long nanoTime, int roundTrip, long connection, Object... a) {
    long request = connection ^ nanoTime;
    buffer.add(hook, nanoTime, request, roundTrip, connection);
    buffer.arguments(
        a.length,
        a.length > 0 ? a[0] : null,
        a.length > 1 ? a[1] : null,
        a.length > 2 ? a[2] : null);
    added.add(hook + " " + EventStamp.of(nanoTime, roundTrip, connection).withRequestId(request));
  }

  private List<String> read() {
    return buffer.calls().stream().map(call -> call.hook() + " " + call.stamp()).toList();
  }

  @Test
  void anEmptyTapeHasNoCalls() {
    assertThat(buffer.calls()).isEmpty();
    assertThat(buffer.size()).isZero();
  }

  @Test
  void timesPlacesAndHooksComeBackAtAnyValues() {
    for (long time : ODD) {
      for (long connection : ODD) {
        add(Hook.WROTE_HEADERS, time, (int) connection, connection);
        add(Hook.GOT_FIRST_RESPONSE_BYTE, time, (int) connection, connection);
      }
    }
    assertThat(read()).isEqualTo(added);
    assertThat(buffer.size()).isEqualTo(2 * ODD.length * ODD.length);
  }

  @Test
  void randomCallsComeBack() {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      long time = random.nextBoolean() ? random.nextInt(1_000) : random.nextLong();
      int trip = random.nextBoolean() ? 1 : random.nextInt();
      add(Hook.WAIT_100_CONTINUE, time, trip, random.nextLong() >>> random.nextInt(64));
    }
    assertThat(read()).isEqualTo(added);
  }

  @Test
  void eachHookHasItsOwnArguments() throws Exception {
    Object[] none = {null};
    for (int i = 0; i < 50; i++) {
      add(Hook.GET_CONN, i, 1, 0, "a:" + i);
      add(Hook.PUT_IDLE_CONN, i, 1, 0, none);
      add(Hook.WROTE_HEADERS, i, 1, 0);
      add(Hook.WROTE_HEADER_FIELD, i, 1, 0, "Host", List.of("a:" + i));
    }
    List<String> text = new ArrayList<>();
    for (RecordedCall call : buffer.calls()) {
      EventArguments arguments = new EventArguments(Redaction.NONE);
      call.callHookOf(arguments);
      text.add(call.hook() + " " + arguments.text());
    }
    assertThat(text)
        .hasSize(200)
        .startsWith("getConn a:0", "putIdleConn ", "wroteHeaders ", "wroteHeaderField Host: a:0")
        .endsWith("getConn a:49", "putIdleConn ", "wroteHeaders ", "wroteHeaderField Host: a:49");
  }
}
