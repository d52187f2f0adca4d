package io.httptrace.client.hooks;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.client.concurrent.SafeLog;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Logs exceptions of hooks, once for each hook of a trace. */
final class HookFailures {
  private static final SafeLog LOG = SafeLog.of(ClientTrace.class);

  private static final Map<Identity, Set<Hook>> LOGGED = new ConcurrentHashMap<>();
  private static final ReferenceQueue<ClientTrace> GONE = new ReferenceQueue<>();

  private HookFailures() {}

  static void log(ClientTrace trace, Hook hook, Throwable thrown) {
    for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
      LOGGED.remove(gone);
    }
    if (LOGGED.computeIfAbsent(new Identity(trace), t -> ConcurrentHashMap.newKeySet()).add(hook)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "hook " + hook + " of " + trace.getClass().getName() + " threw; logged once only",
          thrown);
    }
  }

  /** A weak reference to a trace, compared by identity. */
  private static final class Identity extends WeakReference<ClientTrace> {
    private final int hash;

    Identity(ClientTrace trace) {
      super(trace, GONE);
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
