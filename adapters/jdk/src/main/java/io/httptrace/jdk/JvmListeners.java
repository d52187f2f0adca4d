package io.httptrace.jdk;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceCarrier;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who listens to all requests of this JVM: each {@link JdkTracing} that is open. */
final class JvmListeners {
  /** Made when the first call is traced: an agent must not make loggers before the program runs. */
  private static final class Nobody {
    static final ClientTraces<HttpRequest> TRACES = ClientTraces.create(JdkTracing.class);
  }

  private static final JdkTracing[] NONE = {};

  /** Never changed, but replaced. Written with a lock held. */
  private volatile JdkTracing[] open = NONE;

  synchronized void add(JdkTracing tracing) {
    JdkTracing[] more = Arrays.copyOf(open, open.length + 1);
    more[open.length] = tracing;
    open = more;
  }

  /** {@return whether that was the last one} */
  synchronized boolean remove(JdkTracing tracing) {
    int before = open.length;
    open = Arrays.stream(open).filter(each -> each != tracing).toArray(JdkTracing[]::new);
    return before > 0 && open.length == 0;
  }

  boolean has(JdkTracing tracing) {
    return Arrays.asList(open).contains(tracing);
  }

  Optional<JdkTracing> first() {
    return Arrays.stream(open).findFirst();
  }

  /**
   * Who listens to a call.
   *
   * @param hooks their hooks
   * @param recorded whether the call has a timeline, for which {@link CallHooks#end} is called
   */
  record CallListeners(CallHooks hooks, boolean recorded) {}

  /**
   * {@return who listens to a call that begins; null if nobody does} Called where the request is
   * sent.
   */
  @Nullable CallListeners of(HttpRequest request) {
    ClientTrace own = null;
    List<Consumer<? super Timeline>> consumers = List.of();
    if (request instanceof TraceCarrier carrier) {
      own = carrier.traceContext().clientTrace();
      consumers = carrier.timelineConsumers();
    }
    ClientTrace all = null;
    for (JdkTracing each : open) {
      ClientTrace its = each.traceOf(request);
      if (its != null) {
        all = all == null ? its : with(all, its);
      }
      if (each.wantsTimelines()) {
        consumers = with(consumers, each::pass);
      }
    }
    ClientTrace sentIn = TraceContext.current().clientTrace();
    if (own == null && sentIn == null && all == null && consumers.isEmpty()) {
      return null;
    }
    ClientTraces<HttpRequest> traces = Nobody.TRACES;
    if (all != null) {
      ClientTrace known = all;
      traces = traces.clientTrace(none -> known);
    }
    if (!consumers.isEmpty()) {
      List<Consumer<? super Timeline>> known = consumers;
      traces = traces.onTimeline(timeline -> pass(timeline, known));
    }
    CallHooks hooks = traces.hooks(request, own, sentIn);
    return hooks == null ? null : new CallListeners(hooks, !consumers.isEmpty());
  }

  private static @Nullable ClientTrace with(ClientTrace first, ClientTrace then) {
    return TraceContext.empty().withClientTrace(then).withClientTrace(first).clientTrace();
  }

  private static List<Consumer<? super Timeline>> with(
      List<Consumer<? super Timeline>> known, Consumer<? super Timeline> one) {
    List<Consumer<? super Timeline>> more = new ArrayList<>(known);
    more.add(one);
    return more;
  }

  private static void pass(Timeline timeline, List<Consumer<? super Timeline>> consumers) {
    for (Consumer<? super Timeline> consumer : consumers) {
      try {
        consumer.accept(timeline);
      } catch (Throwable thrown) {
        Problems.log("a consumer of timelines threw", thrown);
      }
    }
  }
}
