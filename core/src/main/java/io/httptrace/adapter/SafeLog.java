package io.httptrace.adapter;

import static java.util.Objects.requireNonNull;

/**
 * Logs without ever throwing. The handlers of a logger belong to the application and may throw,
 * also errors: code that goes on after a failed task must not fail because of its log message.
 */
public final class SafeLog {
  private final System.Logger logger;

  SafeLog(System.Logger logger) {
    this.logger = logger;
  }

  /**
   * {@return a log}
   *
   * @param type the class whose log it is
   */
  public static SafeLog of(Class<?> type) {
    return new SafeLog(System.getLogger(type.getName()));
  }

  /**
   * Logs a throwable. If logging fails, the message is lost.
   *
   * @param level how bad it is
   * @param message what has happened
   * @param thrown what was thrown
   */
  public void log(System.Logger.Level level, String message, Throwable thrown) {
    requireNonNull(level, "level");
    requireNonNull(message, "message");
    requireNonNull(thrown, "thrown");
    try {
      logger.log(level, message, thrown);
    } catch (Throwable again) {
      // There is no other place to report it.
    }
  }

  /**
   * Logs an unexpected error.
   *
   * @param message what has happened
   * @param thrown what was thrown
   */
  public void error(String message, Throwable thrown) {
    log(System.Logger.Level.ERROR, message, thrown);
  }

  @Override
  public String toString() {
    return "SafeLog[" + logger.getName() + "]";
  }
}
