package io.httptrace.cli;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Drives a trace with hooks at times the test chooses. */
final class Recording {
  static final Instant START = Instant.parse("2030-01-02T03:04:05.678Z");

  /** A call of one hook. */
  @FunctionalInterface
  interface HookCall {
    void on(ClientTrace trace) throws IOException;
  }

  private final TraceRecorder recorder;
  private int roundTrip = 1;
  private long connection;
  private long now;

  Recording() {
    this(event -> {});
  }

  /** Tells a listener of each event too. */
  Recording(Consumer<TraceEvent> listener) {
    this.recorder =
        TraceRecorder.builder()
            .nanoTime(() -> now)
            .wallClock(() -> START)
            .listener(listener)
            .build();
  }

  /** Sets the round trip of what follows. */
  Recording roundTrip(int number) {
    roundTrip = number;
    return this;
  }

  /** Sets the connection of what follows. */
  Recording on(long connectionId) {
    connection = connectionId;
    return this;
  }

  /** Calls a hook some microseconds after the start. */
  Recording at(long micros, HookCall call) {
    now = TimeUnit.MICROSECONDS.toNanos(micros);
    try {
      EventStamp.of(now, roundTrip, connection).run(() -> call.on(recorder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Timeline timeline() {
    return recorder.timeline();
  }
}
