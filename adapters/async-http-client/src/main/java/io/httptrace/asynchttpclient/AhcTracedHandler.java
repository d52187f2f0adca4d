package io.httptrace.asynchttpclient;

import io.httptrace.ClientTrace;
import io.netty.util.AttributeKey;
import io.netty.util.AttributeMap;
import io.netty.util.DefaultAttributeMap;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.handler.ProgressAsyncHandler;
import org.jspecify.annotations.Nullable;

/**
 * Makes handlers that have a trace, for {@link AhcRequestFilter} to find. It is an attribute, of a
 * type that is public: other filters wrap handlers by proxies of all their interfaces.
 */
final class AhcTracedHandler implements InvocationHandler {
  private static final Logger LOGGER = Logger.getLogger(AsyncHttpClientTracing.class.getName());
  private static final AtomicBoolean LOGGED = new AtomicBoolean();
  private static final AttributeKey<ClientTrace> TRACE =
      AttributeKey.valueOf(AhcTracedHandler.class, "trace");

  private final AsyncHandler<?> handler;
  private final AttributeMap attributes = new DefaultAttributeMap();
  private volatile boolean taken;

  private AhcTracedHandler(AsyncHandler<?> handler, ClientTrace trace) {
    this.handler = handler;
    attributes.attr(TRACE).set(trace);
  }

  /** {@return a handler that does the same, and has a trace} */
  @SuppressWarnings("unchecked") // It passes on what the other makes.
  static <T> AsyncHandler<T> of(AsyncHandler<T> handler, ClientTrace trace) {
    Class<?> as =
        handler instanceof ProgressAsyncHandler ? ProgressAsyncHandler.class : AsyncHandler.class;
    return (AsyncHandler<T>)
        Proxy.newProxyInstance(
            AhcTracedHandler.class.getClassLoader(),
            new Class<?>[] {as, AttributeMap.class},
            new AhcTracedHandler(handler, trace));
  }

  /** {@return the trace of a handler, whose hooks will be called; null if it has none} */
  static @Nullable ClientTrace takeTrace(AsyncHandler<?> handler) {
    return handler instanceof AttributeMap attributes && attributes.hasAttr(TRACE)
        ? attributes.attr(TRACE).get()
        : null;
  }

  /** {@return the handler itself, of one that has been made here; of any other that other one} */
  @SuppressWarnings("unchecked") // It is what the other was made of.
  static <T> AsyncHandler<T> without(AsyncHandler<T> handler) {
    return Proxy.isProxyClass(handler.getClass())
            && Proxy.getInvocationHandler(handler) instanceof AhcTracedHandler traced
        ? (AsyncHandler<T>) traced.handler
        : handler;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "traced " + handler;
      };
    }
    boolean asked = method.getDeclaringClass() == AttributeMap.class;
    taken |= asked;
    if (!taken && LOGGED.compareAndSet(false, true)) {
      LOGGER.warning(
          "A handler has a trace, and its client was made without AsyncHttpClientTracing.install:"
              + " no hook is called. This is logged once only.");
    }
    try {
      return method.invoke(asked ? attributes : handler, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
