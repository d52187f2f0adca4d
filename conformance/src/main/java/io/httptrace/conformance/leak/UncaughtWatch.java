package io.httptrace.conformance.leak;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Collects the exceptions that end a thread, while it is installed. */
final class UncaughtWatch implements UncaughtExceptionHandler {
  private final List<String> caught = new CopyOnWriteArrayList<>();
  private final @Nullable UncaughtExceptionHandler previous;

  private UncaughtWatch(@Nullable UncaughtExceptionHandler previous) {
    this.previous = previous;
  }

  static UncaughtWatch idle() {
    return new UncaughtWatch(null);
  }

  static UncaughtWatch install() {
    UncaughtWatch watch = new UncaughtWatch(Thread.getDefaultUncaughtExceptionHandler());
    Thread.setDefaultUncaughtExceptionHandler(watch);
    return watch;
  }

  List<String> uninstall() {
    if (Thread.getDefaultUncaughtExceptionHandler() == this) {
      Thread.setDefaultUncaughtExceptionHandler(previous);
    }
    return List.copyOf(caught);
  }

  @Override
  public void uncaughtException(Thread thread, Throwable error) {
    caught.add("uncaught in thread " + thread.getName() + ": " + error);
  }
}
