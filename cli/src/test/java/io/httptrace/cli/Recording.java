package io.httptrace.cli;

import io.httptrace.ClientTrace;
import io.httptrace.EventScope;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Drives a trace with hooks at times the test chooses. */
final class Recording {
  static final Instant START = Instant.parse("2030-01-02T03:04:05.678Z");

  /** A call of one hook. */
  @FunctionalInterface
  interface HookCall {
    void on(ClientTrace trace) throws IOException;
  }

  private final TraceRecorder recorder;
  private final ClientTrace trace;
  private int leg = 1;
  private long connection;
  private long now;

  /** Records into a timeline. */
  Recording() {
    this.recorder = TraceRecorder.builder().nanoTime(() -> now).wallClock(() -> START).build();
    this.trace = recorder;
  }

  /** Calls another trace; there is no timeline. */
  Recording(ClientTrace trace) {
    this.recorder = new TraceRecorder();
    this.trace = trace;
  }

  /** Sets the leg of what follows. */
  Recording leg(int number) {
    leg = number;
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
      EventScope.of(now, leg, connection).run(() -> call.on(trace));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Timeline timeline() {
    return recorder.timeline();
  }
}
