package io.httptrace.conformance.timelines;

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

/** Calls the hooks of a recorder at times the test chooses. For one thread. */
public final class HookScript {
  /** When the first event happens, by the wall clock. */
  public static final Instant START = Instant.parse("2030-01-02T03:04:05.678Z");

  /** A call of one hook. */
  @FunctionalInterface
  public interface HookCall {
    /**
     * Calls the hook.
     *
     * @param trace whose hook
     * @throws IOException if the hook does
     */
    void on(ClientTrace trace) throws IOException;
  }

  private final TraceRecorder recorder;
  private int roundTrip = 1;
  private long connection;
  private long now;

  /** Makes a script with nothing in it. */
  public HookScript() {
    this(event -> {});
  }

  /**
   * Makes a script with nothing in it.
   *
   * @param listener is told of each event
   */
  public HookScript(Consumer<TraceEvent> listener) {
    this.recorder =
        TraceRecorder.builder()
            .nanoTime(() -> now)
            .wallClock(() -> START)
            .listener(listener)
            .build();
  }

  /**
   * Sets the round trip of what follows.
   *
   * @param number its number, from 1
   * @return this
   */
  public HookScript roundTrip(int number) {
    roundTrip = number;
    return this;
  }

  /**
   * Sets the connection of what follows.
   *
   * @param connectionId its number; 0 for none
   * @return this
   */
  public HookScript on(long connectionId) {
    connection = connectionId;
    return this;
  }

  /**
   * Calls a hook.
   *
   * @param micros when, in microseconds after the start
   * @param call the hook
   * @return this
   */
  public HookScript at(long micros, HookCall call) {
    now = TimeUnit.MICROSECONDS.toNanos(micros);
    try {
      EventStamp.of(now, roundTrip, connection).run(() -> call.on(recorder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** {@return what has been recorded} */
  public Timeline timeline() {
    return recorder.timeline();
  }
}
