package io.httptrace.jdk;

import io.httptrace.adapter.SafeLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs what must not disturb a request. Not loaded before there is something to say: an agent must
 * not make loggers before the program runs.
 */
final class Problems {
  private static final SafeLog LOG = SafeLog.of(JdkTracing.class);

  private static final Set<String> FAULTS = ConcurrentHashMap.newKeySet();

  private Problems() {}

  static void log(String message, Throwable thrown) {
    LOG.log(System.Logger.Level.WARNING, message, thrown);
  }

  /** Logs a fault of ours, once for each place: it may come with every request. */
  static void fault(String place, Throwable thrown) {
    if (FAULTS.add(place)) {
      log("cannot tell of an event (" + place + "); logged once only", thrown);
    }
  }
}
