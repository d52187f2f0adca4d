package io.httptrace.client;

import io.httptrace.adapter.SafeLog;
import io.httptrace.timeline.Timeline;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Passes timelines to a consumer of the application. Its first exception is logged. */
final class TimelineListener implements Consumer<Timeline> {
  private static final SafeLog LOG = SafeLog.of(TracingHttpClient.class);

  private final Consumer<? super Timeline> consumer;
  private final AtomicBoolean logged = new AtomicBoolean();

  private TimelineListener(Consumer<? super Timeline> consumer) {
    this.consumer = consumer;
  }

  /** {@return a listener that passes timelines to a consumer; the consumer if it is one} */
  static TimelineListener of(Consumer<? super Timeline> consumer) {
    return consumer instanceof TimelineListener listener
        ? listener
        : new TimelineListener(consumer);
  }

  @Override
  public void accept(Timeline timeline) {
    try {
      consumer.accept(timeline);
    } catch (Throwable thrown) {
      if (logged.compareAndSet(false, true)) {
        String name = consumer.getClass().getName();
        LOG.log(
            System.Logger.Level.WARNING,
            "the consumer of timelines " + name + " threw; logged once only",
            thrown);
      }
    }
  }
}
