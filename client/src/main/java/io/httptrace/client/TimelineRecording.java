package io.httptrace.client;

import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.util.List;

/** Records one call. {@link #run}, called after its end, passes the timeline to the listeners. */
final class TimelineRecording implements Runnable {
  private final TraceRecorder recorder = new TraceRecorder();
  private final List<TimelineListener> listeners;

  TimelineRecording(List<TimelineListener> listeners) {
    this.listeners = listeners;
  }

  TraceRecorder recorder() {
    return recorder;
  }

  @Override
  public void run() {
    Timeline timeline = recorder.timeline();
    listeners.forEach(listener -> listener.accept(timeline));
  }
}
