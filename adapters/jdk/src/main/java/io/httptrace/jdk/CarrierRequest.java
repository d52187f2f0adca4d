package io.httptrace.jdk;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceCarrier;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A request that carries traces and consumers of timelines. */
final class CarrierRequest extends DelegatingRequest implements TraceCarrier {
  private final TraceContext context;
  private final List<Consumer<? super Timeline>> consumers;

  private CarrierRequest(
      HttpRequest request, TraceContext context, List<Consumer<? super Timeline>> consumers) {
    super(request);
    this.context = context;
    this.consumers = consumers;
  }

  static CarrierRequest of(HttpRequest request) {
    if (request instanceof CarrierRequest carrier) {
      return carrier;
    }
    return request instanceof TraceCarrier carrier
        ? new CarrierRequest(request, carrier.traceContext(), carrier.timelineConsumers())
        : new CarrierRequest(request, TraceContext.empty(), List.of());
  }

  CarrierRequest with(ClientTrace trace) {
    return new CarrierRequest(request(), context.withClientTrace(trace), consumers);
  }

  CarrierRequest with(Consumer<? super Timeline> consumer) {
    List<Consumer<? super Timeline>> more = new ArrayList<>(consumers);
    more.add(consumer);
    return new CarrierRequest(request(), context, List.copyOf(more));
  }

  @Override
  public TraceContext traceContext() {
    return context;
  }

  @Override
  public List<Consumer<? super Timeline>> timelineConsumers() {
    return consumers;
  }
}
