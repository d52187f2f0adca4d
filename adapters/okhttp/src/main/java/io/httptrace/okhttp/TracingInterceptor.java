package io.httptrace.okhttp;

import io.httptrace.ClientTrace;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.adapter.KnownConnections;
import java.io.IOException;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Finds the trace of each call, and has it listen. */
final class TracingInterceptor implements Interceptor {
  // A tag asked for by a Class would make one of these each time.
  private static final KClass<ClientTrace> TRACE =
      JvmClassMappingKt.getKotlinClass(ClientTrace.class);
  private static final KClass<CallListener> LISTENER =
      JvmClassMappingKt.getKotlinClass(CallListener.class);

  private final ClientTraces<Request> traces;
  private final KnownConnections<Connection> connections = new KnownConnections<>();

  TracingInterceptor(ClientTraces<Request> traces) {
    this.traces = traces;
  }

  KnownConnections<Connection> connections() {
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
    CallListener known = call.tag(LISTENER);
    if (known != null) {
      return known;
    }
    CallHooks hooks = traces.hooks(request, request.tag(TRACE), SentInContext.traceOf(call));
    if (hooks == null) {
      return null;
    }
    CallListener listener = new CallListener(hooks, connections);
    call.tag(LISTENER, () -> listener);
    call.addEventListener(listener);
    return listener;
  }
}
