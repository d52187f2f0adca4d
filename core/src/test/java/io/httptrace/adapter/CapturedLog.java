package io.httptrace.adapter;

import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;

/** A logger that keeps what is logged. */
final class CapturedLog implements System.Logger {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final boolean throwing;

  CapturedLog() {
    this(false);
  }

  /**
   * Makes one.
   *
   * @param throwing whether it throws an error when it is told something, as a faulty handler of
   *     the application would
   */
  CapturedLog(boolean throwing) {
    this.throwing = throwing;
  }

  SafeLog log() {
    return new SafeLog(this);
  }

  /** {@return level, message and exception, one each} */
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public String getName() {
    return "captured";
  }

  @Override
  public boolean isLoggable(Level level) {
    return true;
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
    lines.add(level + " " + message + ": " + thrown);
    if (throwing) {
      throw new LinkageError("a handler that throws");
    }
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String format, Object... arguments) {
    throw new AssertionError(format);
  }
}
