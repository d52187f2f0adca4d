package io.httptrace.jdk;

import io.httptrace.HookSupport;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hooks in the JDK's client of this JVM. */
final class Installation {
  private static final String CLIENT = Bridge.PACKAGE + ".HttpClientImpl";

  private final Instrumentation instrumentation;
  private final Weaver weaver;
  private final Bridge bridge;
  private final Class<?>[] targets;
  private final JvmListeners listeners = new JvmListeners();
  private final Connecting connecting = new Connecting();
  private final HookSupport support;

  private volatile boolean removed;

  /**
   * Puts the hooks in.
   *
   * @throws IllegalStateException if that cannot be done; then nothing has changed
   */
  Installation(Instrumentation instrumentation, List<HookPoint> points) {
    this.instrumentation = instrumentation;
    this.weaver = new Weaver(points);
    try {
      Class<?> client = Class.forName(CLIENT, false, ClassLoader.getPlatformClassLoader());
      open(client.getModule());
      this.bridge = Bridge.of(client);
      this.targets = targets(points);
      if (!bridge.take(new BridgeFunctions(connecting, new Exchanging()).ofRequests())) {
        throw new IllegalStateException("the JDK's client of this JVM is traced already");
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      throw cannot(e);
    }
    try {
      instrumentation.addTransformer(weaver, true);
      retransformAll();
      this.support = SupportOfJdk.of(points, weaver);
      // Last: a call is traced from its begin, by all places and with what they can tell, or not.
      bridge.set(Event.CALL, BridgeFunctions.ofCalls(this::call));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      remove();
      throw cannot(e);
    }
  }

  private static IllegalStateException cannot(Throwable cause) {
    return new IllegalStateException(
        "the JDK's client of JDK " + Runtime.version() + " cannot be traced", cause);
  }

  private void open(Module client) {
    Set<Module> us = Set.of(getClass().getModule());
    instrumentation.redefineModule(
        client,
        Set.of(),
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

  /** Changes all classes at once, or each that the JVM accepts. */
  private void retransformAll() {
    if (!retransform(targets)) {
      for (Class<?> target : targets) {
        retransform(target);
      }
    }
  }

  private boolean retransform(Class<?>... classes) {
    try {
      instrumentation.retransformClasses(classes);
      return true;
    } catch (UnmodifiableClassException
        | UnsupportedOperationException
        | LinkageError
        | InternalError refused) {
      for (Class<?> each : classes) {
        weaver.refused(each, refused);
      }
      return false;
    }
  }

  Instrumentation instrumentation() {
    return instrumentation;
  }

  /** {@return who listens to all requests} */
  JvmListeners listeners() {
    return listeners;
  }

  HookSupport support() {
    return support;
  }

  /** {@return how many requests and connections are remembered} */
  int remembered() {
    return connecting.remembered();
  }

  /** Takes the hooks out. */
  void remove() {
    removed = true;
    try {
      bridge.clear();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    instrumentation.removeTransformer(weaver);
    retransformAll();
  }

  private @Nullable Object call(@Nullable Object userRequest) {
    if (!(userRequest instanceof HttpRequest request)) {
      return userRequest; // The request for a tunnel has none.
    }
    JvmListeners.CallListeners found = listeners.of(request);
    if (found == null) {
      return request;
    }
    SerialHooks serialHooks = new SerialHooks(!found.hooks().nonBlocking(), () -> removed);
    return new CallRequest(request, new JdkCall(found, support, serialHooks));
  }
}
