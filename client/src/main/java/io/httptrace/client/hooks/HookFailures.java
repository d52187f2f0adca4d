package io.httptrace.client.hooks;

import io.httptrace.ClientTrace;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/** Logs what hooks throw, once for each hook of a trace. */
final class HookFailures {
  private static final System.Logger LOG = System.getLogger(ClientTrace.class.getName());

  private static final Map<ClientTrace, Set<String>> LOGGED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private HookFailures() {}

  static void log(ClientTrace trace, String hook, Throwable thrown) {
    if (LOGGED.computeIfAbsent(trace, t -> ConcurrentHashMap.newKeySet()).add(hook)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "hook " + hook + " of " + trace.getClass().getName() + " threw; logged once only",
          thrown);
    }
  }
}
