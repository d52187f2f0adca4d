package io.httptrace.client.races;

import java.util.function.BooleanSupplier;

/** A wait that is part of a scenario. */
public final class Wait {
  private Wait() {}

  /**
   * Waits until a condition holds. Whoever makes it hold notifies all who wait on the monitor.
   *
   * @param monitor of which
   * @param condition is asked with the monitor held
   */
  public static void on(Object monitor, BooleanSupplier condition) {
    synchronized (monitor) {
      while (!condition.getAsBoolean()) {
        try {
          monitor.wait();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
