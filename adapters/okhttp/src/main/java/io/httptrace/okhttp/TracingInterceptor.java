package io.httptrace.okhttp;

import io.httptrace.ClientTrace;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Finds the trace of each call, and has it listen. */
final class TracingInterceptor implements Interceptor {
  private static final KClass<CallListener> TAG =
      JvmClassMappingKt.getKotlinClass(CallListener.class);

  private final TraceSources sources;
  private final ThrowingHooks failures = new ThrowingHooks();
  private final KnownConnections connections = new KnownConnections();

  TracingInterceptor(TraceSources sources) {
    this.sources = sources;
  }

  KnownConnections connections() {
    return connections;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    CallListener listener = listener(chain.call(), request);
    if (listener == null) {
      return chain.proceed(request);
    }
    try {
      listener.begin(chain, request);
      return chain.proceed(request);
    } catch (Throwable thrown) {
      // OkHttp ends a call that an unchecked exception has stopped as if nothing had happened.
      listener.failed(thrown);
      throw thrown;
    }
  }

  /** {@return the listener of a call; the same when another interceptor repeats the request} */
  private @Nullable CallListener listener(Call call, Request request) {
    CallListener known = call.tag(TAG);
    if (known != null) {
      return known;
    }
    ClientTrace trace = sources.of(request, call);
    TraceRecorder recorder = sources.recorder();
    if (trace == null && recorder == null) {
      return null;
    }
    TimelineDelivery consumer = sources.listener();
    Runnable atEnd =
        recorder == null || consumer == null ? () -> {} : () -> consumer.accept(recorder);
    CallListener listener =
        new CallListener(new CallHooks(trace, recorder, failures), connections, atEnd);
    call.tag(TAG, () -> listener);
    call.addEventListener(listener);
    return listener;
  }
}
