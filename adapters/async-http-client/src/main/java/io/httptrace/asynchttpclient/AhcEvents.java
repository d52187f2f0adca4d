package io.httptrace.asynchttpclient;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Tells the events of one call one after the other, in the order in which they happened, although
 * they come on several threads: that of the caller, an I/O thread, that of the time limits. A
 * thread that finds another one telling leaves its event to it, and never waits.
 */
final class AhcEvents {
  // Guarded by this.
  private final Queue<Runnable> waiting = new ArrayDeque<>(2);
  private boolean telling;

  /** Tells an event, here and now unless one is being told. */
  void tell(Runnable event) {
    synchronized (this) {
      if (telling) {
        waiting.add(event);
        return;
      }
      telling = true;
    }
    tellFrom(event);
  }

  private void tellFrom(Runnable first) {
    Runnable next = first;
    while (next != null) {
      boolean told = false;
      try {
        next.run();
        told = true;
      } finally {
        next = next();
        if (!told && next != null) {
          tellFrom(next); // What one throws keeps no other back.
        }
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable next = waiting.poll();
    telling = next != null;
    return next;
  }
}
