package io.httptrace.okhttp;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.util.function.Consumer;
import java.util.function.Function;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Where the trace of a call comes from. */
final class TraceSources {
  // A tag asked for by a Class would make one of these each time.
  private static final KClass<ClientTrace> TAG =
      JvmClassMappingKt.getKotlinClass(ClientTrace.class);

  private final @Nullable Function<? super Request, ? extends @Nullable ClientTrace> clientTrace;
  private final @Nullable TimelineDelivery listener;

  TraceSources(
      @Nullable Function<? super Request, ? extends @Nullable ClientTrace> clientTrace,
      @Nullable Consumer<? super Timeline> onTimeline) {
    this.clientTrace = clientTrace;
    this.listener = onTimeline == null ? null : new TimelineDelivery(onTimeline);
  }

  @Nullable TimelineDelivery listener() {
    return listener;
  }

  /** {@return a recorder for a call, if somebody wants its timeline} */
  @Nullable TraceRecorder recorder() {
    return listener == null ? null : new TraceRecorder();
  }

  /**
   * {@return the trace of a call: that of its request, of the context it was sent in and of the
   * client, called in this order; null if there is none}
   */
  @Nullable ClientTrace of(Request request, Call call) {
    ClientTrace own = request.tag(TAG);
    ClientTrace sentIn = SentInContext.traceOf(call);
    ClientTrace current = TraceContext.current().clientTrace();
    ClientTrace clients = clientTrace == null ? null : clientTrace.apply(request);
    if (own == null && sentIn == null && current == null) {
      return clients;
    }
    TraceContext context = TraceContext.empty();
    for (ClientTrace trace : new @Nullable ClientTrace[] {clients, current, sentIn, own}) {
      context = trace == null ? context : context.withClientTrace(trace);
    }
    return context.clientTrace();
  }
}
