package io.httptrace.okhttp;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Logs exceptions of hooks, once for each hook of a trace. */
final class ThrowingHooks {
  private final Map<Identity, Set<Hook>> logged = new ConcurrentHashMap<>();
  private final ReferenceQueue<ClientTrace> gone = new ReferenceQueue<>();

  void log(ClientTrace trace, Hook hook, Throwable thrown) {
    for (Reference<?> dead = gone.poll(); dead != null; dead = gone.poll()) {
      logged.remove(dead);
    }
    if (logged
        .computeIfAbsent(new Identity(trace, gone), t -> ConcurrentHashMap.newKeySet())
        .add(hook)) {
      warn(
          "hook " + hook + " of " + trace.getClass().getName() + " threw; logged once only",
          thrown);
    }
  }

  /** Logs a warning. If logging itself fails, as a handler of the application may, it is lost. */
  static void warn(String message, Throwable thrown) {
    try {
      System.getLogger(OkHttpTracing.class.getName())
          .log(System.Logger.Level.WARNING, message, thrown);
    } catch (Throwable again) {
      // There is no other place to report it.
    }
  }

  /** A weak reference to a trace, compared by identity. */
  private static final class Identity extends WeakReference<ClientTrace> {
    private final int hash;

    Identity(ClientTrace trace, ReferenceQueue<ClientTrace> gone) {
      super(trace, gone);
      this.hash = System.identityHashCode(trace);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      ClientTrace trace = get();
      return this == other
          || (trace != null && other instanceof Identity that && that.get() == trace);
    }
  }
}
