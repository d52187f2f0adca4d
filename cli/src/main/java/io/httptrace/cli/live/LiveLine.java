package io.httptrace.cli.live;

import io.httptrace.cli.request.Watcher;
import io.httptrace.cli.text.Printer;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A line on a terminal that says how far a request is, drawn again and again while it runs, and
 * erased when it is over. A request that is over soon has none.
 */
public final class LiveLine implements Watcher {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration INTERVAL = Duration.ofMillis(100);

  /** To the start of the line, and away with what stands behind the cursor (ECMA-48, EL). */
  private static final String START = "\r";

  private static final String ERASED = "\u001b[K";

  private final Printer out;
  private final int width;
  private final LongSupplier bytes;
  private final Ticker ticker;

  // Guarded by this: the ticker's thread draws, another one says that it is over.
  private final LiveText text = new LiveText();
  private Ticker.@Nullable Ticking ticking;
  private boolean over;
  private boolean drawn;

  /**
   * Makes a line that is not there yet.
   *
   * @param out the terminal
   * @param width how many columns it has
   * @param bytes says how much of the body has come so far
   * @param ticker when to draw
   */
  public LiveLine(Printer out, int width, LongSupplier bytes, Ticker ticker) {
    this.out = out;
    this.width = width;
    this.bytes = bytes;
    this.ticker = ticker;
  }

  @Override
  public synchronized void begins(Supplier<Timeline> soFar) {
    ticking = ticker.begin(FIRST, INTERVAL, () -> draw(soFar));
  }

  private synchronized void draw(Supplier<Timeline> soFar) {
    if (over) {
      return;
    }
    String line = text.of(soFar.get(), bytes.getAsLong());
    // In the last column a terminal would begin another line.
    out.print(START + line.substring(0, Math.min(line.length(), width - 1)) + ERASED);
    drawn = true;
  }

  @Override
  public synchronized void over() {
    over = true;
    if (ticking != null) {
      ticking.end();
    }
    if (drawn) {
      out.print(START + ERASED);
    }
  }
}
