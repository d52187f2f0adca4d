package io.httptrace.client.http2;

import io.httptrace.client.concurrent.Clock;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection whose server sends frames that bring no request forward, more than it may need
 * to. Each costs points by the work it makes; what brings a request forward earns some, and so does
 * time. The clock is read only when there are none left. Used on the event loop.
 */
final class FloodGuard {
  /** A frame that is looked at and forgotten. */
  static final int FRAME = 1;

  /** A frame that is answered. */
  static final int ANSWERED = 10;

  /** A list of fields that is decoded, and is of no use or not the last. */
  static final int HEAD = 10;

  /** What may go over all streams, or makes an error with all that belongs to it. */
  static final int HEAVY = 100;

  private static final int MOST = 10_000;
  private static final long NANOS_PER_POINT = TimeUnit.SECONDS.toNanos(1) / 500;

  private final Clock clock;
  private int points = MOST;
  private long since;

  FloodGuard(Clock clock) {
    this.clock = clock;
    this.since = clock.nanoTime();
  }

  /** Something has come that brings a request forward, or gone out. */
  void earn(int earned) {
    points = Math.min(points + Math.min(earned, MOST), MOST);
  }

  /**
   * Something has come that does not.
   *
   * @param cost what it costs
   * @throws Http2Exception if there was too much of it
   */
  void spend(int cost) throws Http2Exception {
    points -= cost;
    if (points < 0) {
      long now = clock.nanoTime();
      points += (int) Math.min((now - since) / NANOS_PER_POINT, MOST);
      since = now;
      if (points < 0) {
        throw Http2Exception.connectionError(
            Http2Error.ENHANCE_YOUR_CALM, "too many frames that bring no request forward");
      }
    }
  }
}
