package io.httptrace.attach;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * OkHttp, as often as a class loader has it, now or later. A call is made by a constructor; there
 * the client that it belongs to is replaced by one like it that is traced.
 */
final class TracedOkHttp implements TracedClients, ClassFileTransformer {
  private static final String CALL = "okhttp3.internal.connection.RealCall";
  private static final String CALL_PATH = CALL.replace('.', '/');

  private final Instrumentation instrumentation;
  private final TimelineQueue queue;
  private final OkHttpBridges bridges;

  /** Those that have been put into a class loader; none is kept from being unloaded. */
  private final Set<Class<?>> used =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** Those that are to be looked at when their class has been changed. */
  private final Queue<OkHttpCopy> found = new ConcurrentLinkedQueue<>();

  private volatile boolean closed;

  private TracedOkHttp(
      Instrumentation instrumentation, TimelineQueue queue, OkHttpBridges bridges) {
    this.instrumentation = instrumentation;
    this.queue = queue;
    this.bridges = bridges;
  }

  /**
   * Traces each that there is, and each that is loaded later. What cannot be traced is said.
   *
   * @param instrumentation changes its class
   * @param queue where its requests are told
   */
  static TracedClients install(Instrumentation instrumentation, TimelineQueue queue) {
    try {
      TracedOkHttp traced =
          new TracedOkHttp(instrumentation, queue, OkHttpBridges.of(instrumentation));
      instrumentation.addTransformer(traced, true);
      traced.retransform();
      // Not before: other agents do not see classes that are loaded while one is being changed.
      traced.found.forEach(OkHttpCopy::prepare);
      return traced;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError fault) {
      queue.note("OkHttp is not traced: " + TimelineText.reason(fault));
      return () -> {};
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (loader == null || !CALL_PATH.equals(name) || closed) {
      return null;
    }
    try {
      byte[] changed = OkHttpCallWeaver.weave(bytes);
      Class<?> bridge = bridges.in(loader, domain);
      if (used.add(bridge)) { // other agents may have the class changed again
        OkHttpCopy copy = new OkHttpCopy(loader, queue);
        bridges.set(bridge, copy);
        if (redefined != null) {
          found.add(copy);
        }
      }
      return changed;
    } catch (Throwable fault) {
      queue.note(
          "OkHttp in "
              + OkHttpCopy.nameOf(loader)
              + " is not traced: "
              + TimelineText.reason(fault));
      return null;
    }
  }

  private void retransform() {
    for (Class<?> type : calls()) {
      try {
        instrumentation.retransformClasses(type);
      } catch (UnmodifiableClassException | LinkageError refused) {
        queue.note("OkHttp's calls are not changed: " + TimelineText.reason(refused));
      }
    }
  }

  private List<Class<?>> calls() {
    List<Class<?>> calls = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (type.getName().equals(CALL) && type.getClassLoader() != null) {
        calls.add(type);
      }
    }
    return calls;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    instrumentation.removeTransformer(this);
    for (Class<?> bridge : used.toArray(Class<?>[]::new)) {
      bridges.clear(bridge);
    }
    found.clear();
    retransform();
  }
}
