package io.httptrace.okhttp;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the trace of the {@link TraceContext} that a call is executed or enqueued in: the thread
 * that carries out an enqueued call does not know it.
 *
 * @param trace the trace
 */
record SentInContext(ClientTrace trace) {
  private static final KClass<SentInContext> TAG =
      JvmClassMappingKt.getKotlinClass(SentInContext.class);

  private static final EventListener AT_START =
      new EventListener() {
        @Override
        public void callStart(Call call) {
          ClientTrace trace = TraceContext.current().clientTrace();
          if (trace != null) {
            call.tag(TAG, () -> new SentInContext(trace));
          }
        }
      };

  /**
   * {@return the trace of the context that a call was sent in, and of that which is current where
   * it is carried out; null if there is none}
   */
  static @Nullable ClientTrace traceOf(Call call) {
    SentInContext sent = call.tag(TAG);
    ClientTrace current = TraceContext.current().clientTrace();
    if (sent == null || current == null) {
      return sent == null ? current : sent.trace();
    }
    return TraceContext.empty()
        .withClientTrace(current)
        .withClientTrace(sent.trace())
        .clientTrace();
  }

  /**
   * {@return a factory of the same listeners, and of one that keeps the trace}
   *
   * @param factory the client's factory
   */
  static EventListener.Factory factory(EventListener.Factory factory) {
    return factory instanceof Factory ? factory : new Factory(factory);
  }

  private record Factory(EventListener.Factory others) implements EventListener.Factory {
    @Override
    public EventListener create(Call call) {
      EventListener other = others.create(call);
      if (other == EventListener.NONE) {
        return AT_START;
      }
      // Together they are a new object, which a call without a trace must not cost.
      return TraceContext.current().clientTrace() == null ? other : other.plus(AT_START);
    }
  }
}
