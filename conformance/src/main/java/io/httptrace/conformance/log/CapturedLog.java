package io.httptrace.conformance.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What a class logs by {@code java.util.logging} while this is open, from whatever thread. It is
 * kept from the output, where a warning could fail the build.
 */
public final class CapturedLog extends Handler implements AutoCloseable {
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Level levelBefore;
  private final boolean throwing;

  private CapturedLog(Logger logger, boolean throwing) {
    this.logger = logger;
    this.throwing = throwing;
    levelBefore = logger.getLevel();
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  /**
   * Begins to capture.
   *
   * @param type whose log
   * @return what is captured
   */
  public static CapturedLog of(Class<?> type) {
    return new CapturedLog(Logger.getLogger(type.getName()), false);
  }

  /**
   * Begins to capture, and has whoever logs something get an error, as a faulty handler of the
   * application would.
   *
   * @param type whose log
   * @return what is captured
   */
  public static CapturedLog throwing(Class<?> type) {
    return new CapturedLog(Logger.getLogger(type.getName()), true);
  }

  /** {@return level, message and exception of each record, such as {@code WARNING late: a.B: c}} */
  public List<String> lines() {
    return records.stream()
        .map(
            record ->
                record.getLevel().getName()
                    + " "
                    + record.getMessage()
                    + (record.getThrown() == null ? "" : ": " + record.getThrown()))
        .toList();
  }

  /** {@return the message of each record} */
  public List<String> messages() {
    return records.stream().map(LogRecord::getMessage).toList();
  }

  /** {@return the message of the exception of each record that has one} */
  public List<String> thrown() {
    return records.stream()
        .filter(record -> record.getThrown() != null)
        .map(record -> String.valueOf(record.getThrown().getMessage()))
        .toList();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
    if (throwing) {
      throw new LinkageError("a handler that throws");
    }
  }

  @Override
  public void flush() {}

  /** Ends the capture. */
  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
    logger.setLevel(levelBefore);
  }
}
