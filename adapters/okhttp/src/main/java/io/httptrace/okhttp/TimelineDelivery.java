package io.httptrace.okhttp;

import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Passes timelines to a consumer of the application. Its first exception is logged. */
final class TimelineDelivery {
  private final Consumer<? super Timeline> consumer;
  private final AtomicBoolean logged = new AtomicBoolean();

  TimelineDelivery(Consumer<? super Timeline> consumer) {
    this.consumer = consumer;
  }

  /** Passes on what the recorder of a call has recorded. */
  void accept(TraceRecorder recorder) {
    try {
      consumer.accept(recorder.timeline());
    } catch (Throwable thrown) {
      if (logged.compareAndSet(false, true)) {
        String name = consumer.getClass().getName();
        ThrowingHooks.warn(
            "the consumer of timelines " + name + " threw; logged once only", thrown);
      }
    }
  }
}
