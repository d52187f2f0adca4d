package io.httptrace.client;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.timeline.Timeline;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What observes the requests of a client: traces, and listeners for finished timelines. */
final class RequestObservers {
  private final @Nullable Function<? super HttpRequest, ? extends @Nullable ClientTrace>
      clientTrace;
  private final @Nullable TimelineListener clientListener;

  RequestObservers(ClientConfig config) {
    this.clientTrace = config.clientTrace;
    this.clientListener = config.onTimeline == null ? null : TimelineListener.of(config.onTimeline);
  }

  /** {@return the recording of a call for its listeners; null if it has none} */
  @Nullable TimelineRecording recording(HttpRequest request) {
    List<Consumer<? super Timeline>> own = TracedRequest.consumersOf(request);
    if (own.isEmpty() && clientListener == null) {
      return null;
    }
    List<TimelineListener> all = new ArrayList<>();
    own.forEach(consumer -> all.add(TimelineListener.of(consumer)));
    if (clientListener != null) {
      all.add(clientListener);
    }
    return new TimelineRecording(all);
  }

  /**
   * {@return the trace of a request: its own, the current one, the client's and that of the
   * recording, called in this order; null if there is none}
   */
  @Nullable ClientTrace traceOf(HttpRequest request, @Nullable TimelineRecording recording) {
    ClientTrace own = TracedRequest.traceOf(request);
    ClientTrace current = TraceContext.current().clientTrace();
    ClientTrace clients = clientTrace == null ? null : clientTrace.apply(request);
    if (own == null && current == null && recording == null) {
      return clients;
    }
    ClientTrace recorder = recording == null ? null : recording.recorder();
    TraceContext context = TraceContext.empty();
    for (ClientTrace trace : new @Nullable ClientTrace[] {recorder, clients, current, own}) {
      context = trace == null ? context : context.withClientTrace(trace);
    }
    return context.clientTrace();
  }
}
