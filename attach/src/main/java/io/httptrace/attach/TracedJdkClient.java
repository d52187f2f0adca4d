package io.httptrace.attach;

import io.httptrace.jdk.JdkTracing;
import java.lang.instrument.Instrumentation;

/** The JDK's own client. */
final class TracedJdkClient implements TracedClients {
  private static final String NAME = "jdk";

  private final JdkTracing tracing;

  private TracedJdkClient(JdkTracing tracing) {
    this.tracing = tracing;
  }

  /**
   * Traces it. If it cannot be traced, that is said.
   *
   * @param instrumentation changes its classes
   * @param queue where its requests are told
   */
  static TracedClients install(Instrumentation instrumentation, TimelineQueue queue) {
    if (ModuleLayer.boot().findModule("java.net.http").isEmpty()) {
      queue.note("the JDK's client is not in this JVM");
      return () -> {};
    }
    try {
      JdkTracing tracing = JdkTracing.install(instrumentation);
      tracing.onTimeline(timeline -> queue.add(NAME, timeline));
      queue.note("the JDK's client is traced");
      return new TracedJdkClient(tracing);
    } catch (RuntimeException | LinkageError fault) {
      queue.note("the JDK's client is not traced: " + TimelineText.reason(fault));
      return () -> {};
    }
  }

  @Override
  public void close() {
    tracing.close();
  }
}
