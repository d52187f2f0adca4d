package io.httptrace.jdk;

import io.httptrace.ClientTrace;
import io.httptrace.HookSupport;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The hooks in the JDK's client of this JVM. */
final class Installation {
  private static final String CLIENT = Bridge.PACKAGE + ".HttpClientImpl";

  private final Instrumentation instrumentation;
  private final Weaver weaver;
  private final Bridge bridge;
  private final Class<?>[] targets;
  private final Connecting connecting = new Connecting();
  private final Exchanging exchanging = new Exchanging();
  private final HookSupport support;

  private volatile @Nullable Function<? super HttpRequest, ? extends @Nullable ClientTrace> all;

  Installation(Instrumentation instrumentation, List<HookPoint> points) {
    this.instrumentation = instrumentation;
    this.weaver = new Weaver(points);
    try {
      Class<?> client = Class.forName(CLIENT, false, ClassLoader.getPlatformClassLoader());
      open(client.getModule());
      this.bridge = Bridge.of(client);
      if (!bridge.isFree()) {
        throw new IllegalStateException("the JDK's client of this JVM is traced already");
      }
      this.targets = targets(points);
      fill();
      instrumentation.addTransformer(weaver, true);
      retransform();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "the JDK's client of JDK " + Runtime.version() + " cannot be traced", e);
    }
    this.support = SupportOfJdk.of(points, weaver.woven());
  }

  private void open(Module client) {
    Module own = getClass().getModule();
    Set<Module> us = Set.of(own);
    instrumentation.redefineModule(
        client,
        us,
        Map.of(),
        Map.of(Bridge.PACKAGE, us, Bridge.PACKAGE + ".frame", us),
        Set.of(),
        Map.of());
  }

  private static Class<?>[] targets(List<HookPoint> points) {
    List<Class<?>> found = new ArrayList<>();
    for (String owner : points.stream().map(HookPoint::owner).distinct().toList()) {
      try {
        found.add(
            Class.forName(
                Bridge.PACKAGE + "." + owner, false, ClassLoader.getPlatformClassLoader()));
      } catch (ClassNotFoundException missing) {
        // Its places are not woven, and SupportOfJdk says so.
      }
    }
    return found.toArray(Class<?>[]::new);
  }

  private void retransform() {
    for (Class<?> target : targets) {
      try {
        instrumentation.retransformClasses(target);
      } catch (UnmodifiableClassException | LinkageError refused) {
        weaver.refused(target);
      }
    }
  }

  Instrumentation instrumentation() {
    return instrumentation;
  }

  HookSupport support() {
    return support;
  }

  void all(@Nullable Function<? super HttpRequest, ? extends @Nullable ClientTrace> traces) {
    this.all = traces;
  }

  /** {@return how many requests and connections are remembered} */
  int remembered() {
    return connecting.remembered();
  }

  /** Takes the hooks out. */
  void remove() {
    try {
      bridge.clear();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    instrumentation.removeTransformer(weaver);
    retransform();
  }

  private @Nullable Object call(@Nullable Object userRequest) {
    if (!(userRequest instanceof HttpRequest request)) {
      return userRequest; // The request for a tunnel has none.
    }
    Function<? super HttpRequest, ? extends @Nullable ClientTrace> traces = all;
    ClientTrace more = traces == null ? null : traces.apply(request);
    JdkCall call = JdkCall.of(request, more, support);
    return call == null ? request : new CallRequest(request, call);
  }

  private void fill() throws ReflectiveOperationException {
    Map<Event, BiFunction<Object, @Nullable Object, @Nullable Object>> functions =
        new EnumMap<>(Event.class);
    functions.put(Event.ROUND_TRIP, (multi, none) -> connecting.begin(multi));
    functions.put(Event.CALL_RESULT, exchanging::callResult);
    functions.put(Event.ROUND_TRIP_RESULT, exchanging::roundTripResult);
    functions.put(Event.LOOKUP, (request, none) -> connecting.lookup(request));
    functions.put(Event.LOOKED_UP, connecting::lookedUp);
    functions.put(Event.POOL, (request, none) -> connecting.poolAsked(request));
    functions.put(Event.CONNECTION, connecting::connection);
    functions.put(Event.SHARED_CONNECTION, connecting::shared);
    functions.put(Event.CONNECT, connecting::connect);
    functions.put(Event.CONNECT_RESULT, connecting::connectResult);
    functions.put(Event.CONNECT_FAILED, connecting::connectFailed);
    functions.put(Event.TUNNEL_RESULT, connecting::tunnelResult);
    functions.put(Event.TUNNEL_ANSWER, connecting::tunnelAnswer);
    functions.put(Event.READY_RESULT, connecting::readyResult);
    functions.put(Event.RETURNED_TO_POOL, (c, none) -> connecting.returnedToPool(c));
    functions.put(Event.HEAD, exchanging::head);
    functions.put(Event.HTTP2_HEAD, exchanging::http2Head);
    functions.put(Event.HEAD_SENT_RESULT, exchanging::headSentResult);
    functions.put(Event.FLUSHED, (subscription, none) -> exchanging.flushed(subscription));
    functions.put(Event.BODY_SENT_RESULT, exchanging::bodySentResult);
    functions.put(Event.BYTES_ARRIVED, (receiver, none) -> exchanging.bytesArrived(receiver));
    functions.put(Event.RESPONSE_BYTES, (reader, none) -> exchanging.responseBytes(reader));
    functions.put(Event.HTTP2_RESPONSE_HEAD, (s, none) -> exchanging.http2ResponseHead(s));
    functions.put(Event.RESPONSE_RESULT, exchanging::responseResult);
    functions.put(Event.BODY_READ, (response, none) -> exchanging.bodyRead(response));
    functions.put(Event.BODY_RESULT, exchanging::bodyResult);
    functions.put(Event.READ_FAILED, exchanging::readFailed);
    functions.put(Event.READ_STOPPED, (receiver, none) -> exchanging.readStopped(receiver));
    functions.put(Event.EXCHANGE_CANCELLED, exchanging::cancelled);
    functions.put(Event.STREAM_RESET, (stream, none) -> exchanging.streamReset(stream));
    functions.put(Event.STREAM_CLOSED, (stream, none) -> exchanging.streamClosed(stream));
    functions.put(Event.BODY_ABANDONED, (stream, none) -> exchanging.bodyAbandoned(stream));
    functions.put(Event.BODY_IGNORED, exchanging::bodyIgnored);
    for (Map.Entry<Event, BiFunction<Object, @Nullable Object, @Nullable Object>> each :
        functions.entrySet()) {
      bridge.set(each.getKey(), harmless(each.getValue()));
    }
    bridge.set(Event.CALL, harmless2((none, request) -> call(request)));
  }

  /** A fault of ours must not reach the client: then it goes on as if it were not traced. */
  private static BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> harmless(
      BiFunction<Object, @Nullable Object, @Nullable Object> function) {
    return harmless2((a, b) -> a == null ? b : function.apply(a, b));
  }

  private static BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> harmless2(
      BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> function) {
    return (a, b) -> {
      try {
        return function.apply(a, b);
      } catch (Throwable thrown) {
        Problems.log("cannot tell of an event", thrown);
        return b;
      }
    };
  }
}
