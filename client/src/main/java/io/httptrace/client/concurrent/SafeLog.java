package io.httptrace.client.concurrent;

/**
 * Logs from where nothing may be thrown. The handlers of a logger are the application's and may
 * throw, errors too: what runs on after a failed task must not fail by telling of it.
 */
public final class SafeLog {
  private final System.Logger logger;

  private SafeLog(System.Logger logger) {
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
   * Logs what was thrown. If that cannot be done it is lost.
   *
   * @param level how bad it is
   * @param message what has happened
   * @param thrown what was thrown
   */
  public void log(System.Logger.Level level, String message, Throwable thrown) {
    try {
      logger.log(level, message, thrown);
    } catch (Throwable again) {
      // There is nobody left to tell.
    }
  }

  /**
   * Logs an error that should not have happened.
   *
   * @param message what has happened
   * @param thrown what was thrown
   */
  public void error(String message, Throwable thrown) {
    log(System.Logger.Level.ERROR, message, thrown);
  }
}
