package io.httptrace.adapter;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import java.util.EnumSet;
import java.util.Set;

/** Logs what hooks throw, once for each hook of a trace, whoever calls it. */
final class HookFailures {
  // Guarded by itself.
  private static final WeakIdentityMap<ClientTrace, Set<Hook>> LOGGED = new WeakIdentityMap<>();

  private HookFailures() {}

  static void log(SafeLog log, ClientTrace trace, Hook hook, Throwable thrown) {
    if (isFirst(trace, hook)) {
      log.log(
          System.Logger.Level.WARNING,
          "hook " + hook + " of " + trace.getClass().getName() + " threw; logged once only",
          thrown);
    }
  }

  private static boolean isFirst(ClientTrace trace, Hook hook) {
    synchronized (LOGGED) {
      Set<Hook> logged = LOGGED.get(trace);
      if (logged == null) {
        logged = EnumSet.noneOf(Hook.class);
        LOGGED.put(trace, logged);
      }
      return logged.add(hook);
    }
  }
}
