package io.httptrace.jdk;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Logs what must not disturb a request. */
final class Problems {
  private static final System.Logger HOOKS = System.getLogger(ClientTrace.class.getName());
  private static final System.Logger OWN = System.getLogger(JdkTracing.class.getName());

  private static final WeakIdentityMap<ClientTrace, Set<Hook>> LOGGED = new WeakIdentityMap<>();

  private Problems() {}

  /** Logs what a hook threw, once for each hook of a trace. */
  static void log(ClientTrace trace, Hook hook, Throwable thrown) {
    Set<Hook> of;
    synchronized (LOGGED) {
      Set<Hook> known = LOGGED.get(trace);
      of = known == null ? ConcurrentHashMap.newKeySet() : known;
      LOGGED.put(trace, of);
    }
    if (of.add(hook)) {
      log(
          HOOKS,
          "hook " + hook + " of " + trace.getClass().getName() + " threw; logged once only",
          thrown);
    }
  }

  /** Logs a fault of ours. */
  static void log(String message, Throwable thrown) {
    log(OWN, message, thrown);
  }

  private static void log(System.Logger logger, String message, Throwable thrown) {
    try {
      logger.log(System.Logger.Level.WARNING, message, thrown);
    } catch (Throwable again) {
      // A handler of the application failed: there is no other place to report it.
    }
  }
}
