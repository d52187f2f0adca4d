package io.httptrace.client.netty;

import org.jspecify.annotations.Nullable;

/** For how long nobody has waited on the own selector of a connection. Used by one thread. */
final class AbsenceDetector {
  /** For how many ticks an attached caller may stay away: it is in a hook, say, that blocks. */
  private static final int AWAY = 1;

  /** The same for one that could run: it has perhaps only lost its processor. */
  private static final int AWAY_RUNNABLE = 4;

  /** For how many ticks a connection without an exchange is left alone. */
  private static final int IDLE = 20;

  private int polls;
  private int ticks;

  /**
   * Counts a tick.
   *
   * @param now how often somebody has waited so far
   * @param polling whether somebody does at the moment
   * @param caller who should; null for nobody
   * @return whether nobody has for too long
   */
  boolean tick(int now, boolean polling, @Nullable Thread caller) {
    if (now != polls || polling) {
      polls = now;
      ticks = 0;
      return false;
    }
    ticks++;
    if (caller == null) {
      return ticks >= IDLE;
    }
    return ticks >= (caller.getState() == Thread.State.RUNNABLE ? AWAY_RUNNABLE : AWAY);
  }
}
