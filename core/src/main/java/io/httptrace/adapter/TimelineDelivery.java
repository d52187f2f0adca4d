package io.httptrace.adapter;

import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Passes timelines to a consumer of the application. Its first exception is logged. */
final class TimelineDelivery {
  private final SafeLog log;
  private final Consumer<? super Timeline> consumer;
  private final AtomicBoolean logged = new AtomicBoolean();

  TimelineDelivery(SafeLog log, Consumer<? super Timeline> consumer) {
    this.log = log;
    this.consumer = consumer;
  }

  /** {@return the recording of a new call} */
  Recording begin() {
    return new Recording(this);
  }

  private void accept(Timeline timeline) {
    try {
      consumer.accept(timeline);
    } catch (Throwable thrown) {
      if (logged.compareAndSet(false, true)) {
        log.log(
            System.Logger.Level.WARNING,
            "the consumer of timelines "
                + consumer.getClass().getName()
                + " threw; logged once only",
            thrown);
      }
    }
  }

  /** The recording of one call. */
  static final class Recording {
    private final TimelineDelivery delivery;
    private final TraceRecorder recorder = new TraceRecorder();
    private final AtomicBoolean ended = new AtomicBoolean();

    private Recording(TimelineDelivery delivery) {
      this.delivery = delivery;
    }

    TraceRecorder recorder() {
      return recorder;
    }

    /** Passes the timeline on, the first time only. */
    void end() {
      if (ended.compareAndSet(false, true)) {
        delivery.accept(recorder.timeline());
      }
    }
  }
}
