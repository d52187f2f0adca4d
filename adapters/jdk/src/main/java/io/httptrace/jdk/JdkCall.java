package io.httptrace.jdk;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.HookSupport;
import io.httptrace.TraceContext;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceCarrier;
import io.httptrace.timeline.TraceRecorder;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call that is traced: one {@code send} or {@code sendAsync} with all its round trips. */
final class JdkCall {
  private final ClientTrace trace;
  private final long id = EventStamp.newRequestId();
  private final HookSupport support;
  private final SerialHooks serialHooks;
  private final @Nullable TraceRecorder recorder;
  private final List<Consumer<? super Timeline>> consumers;
  private final AtomicBoolean over = new AtomicBoolean();

  private volatile @Nullable JdkRoundTrip current;
  private volatile boolean returned;
  private int roundTrips;

  private JdkCall(
      ClientTrace trace,
      HookSupport support,
      @Nullable TraceRecorder recorder,
      List<Consumer<? super Timeline>> consumers) {
    this.trace = trace;
    this.support = support;
    this.recorder = recorder;
    this.consumers = consumers;
    this.serialHooks = new SerialHooks(mayBlock(trace));
  }

  /** {@return the call that a request begins, or null if nobody traces it} */
  static @Nullable JdkCall of(HttpRequest request, @Nullable ClientTrace all, HookSupport support) {
    ClientTrace around = TraceContext.current().clientTrace();
    if (!(request instanceof TraceCarrier) && around == null && all == null) {
      return null;
    }
    ClientTrace own = null;
    List<Consumer<? super Timeline>> consumers = List.of();
    if (request instanceof TraceCarrier carrier) {
      own = carrier.traceContext().clientTrace();
      consumers = carrier.timelineConsumers();
    }
    TraceRecorder recorder = consumers.isEmpty() ? null : new TraceRecorder();
    TraceContext context = TraceContext.empty();
    for (ClientTrace each : new @Nullable ClientTrace[] {recorder, all, around, own}) {
      context = each == null ? context : context.withClientTrace(each);
    }
    ClientTrace trace = context.clientTrace();
    return trace == null ? null : new JdkCall(trace, support, recorder, consumers);
  }

  private static boolean mayBlock(ClientTrace trace) {
    try {
      return !trace.nonBlocking();
    } catch (Throwable thrown) {
      return true; // it has made no promise
    }
  }

  SerialHooks hooks() {
    return serialHooks;
  }

  HookSupport support() {
    return support;
  }

  /** {@return the round trip under way, or the last one} */
  @Nullable JdkRoundTrip current() {
    return current;
  }

  /** {@return the current round trip if it is that of an exchange} */
  @Nullable JdkRoundTrip currentOf(Object impl) {
    JdkRoundTrip known = current;
    return known != null && known.isOf(impl) ? known : null;
  }

  /** Begins a round trip. */
  JdkRoundTrip begin(HttpRequest request, Object multi) {
    JdkRoundTrip before = current;
    int number = ++roundTrips;
    JdkRoundTrip made =
        new JdkRoundTrip(
            this, new Hooks(trace, id, number), number, JdkRoundTrip.reason(before, multi), before);
    long now = System.nanoTime();
    serialHooks.executor(Jdk.executor(multi));
    current = made;
    serialHooks.run(
        () -> {
          if (before != null) {
            before.leave(now);
          }
          made.start(now, request);
        });
    return made;
  }

  /** The caller gets its response, or the error. */
  void returned(@Nullable Throwable error, Object multi) {
    JdkRoundTrip last = current;
    returned = true;
    if (error != null && last != null) {
      last.failed(error, multi);
    }
    ended();
  }

  /** A round trip has ended, or the call has returned. */
  void ended() {
    JdkRoundTrip last = current;
    if (recorder == null || !returned || (last != null && !last.hasEnded())) {
      return;
    }
    if (over.compareAndSet(false, true)) {
      serialHooks.post(this::tellConsumers);
    }
  }

  private void tellConsumers() {
    if (recorder != null) {
      Timeline timeline = recorder.timeline();
      for (Consumer<? super Timeline> consumer : consumers) {
        try {
          consumer.accept(timeline);
        } catch (Throwable thrown) {
          Problems.log("a consumer of timelines threw", thrown);
        }
      }
    }
  }
}
