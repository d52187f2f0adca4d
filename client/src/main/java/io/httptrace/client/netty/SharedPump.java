package io.httptrace.client.netty;

import io.httptrace.client.concurrent.Pump;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * A connection that several exchanges may have at a time. A caller drives it as long as it is the
 * only one who has it; with the second exchange it goes to the poller, which can serve all of them,
 * and stays there until it has been unused.
 *
 * <p>An exchange counts from before it attaches or shares until before its caller leaves. A caller
 * who leaves lets go first, and then looks at the count: an exchange that relied on it has been
 * counted, and one that is not counted yet finds nobody and attaches.
 */
final class SharedPump implements Pump {
  private final Pump pump;
  private final BooleanSupplier alone;
  private final IntSupplier exchanges;

  /**
   * Makes it.
   *
   * @param pump drives the connection
   * @param alone whether nobody listens to the connection
   * @param exchanges how many exchanges have it now
   */
  SharedPump(Pump pump, BooleanSupplier alone, IntSupplier exchanges) {
    this.pump = pump;
    this.alone = alone;
    this.exchanges = exchanges;
  }

  @Override
  public void attach() {
    if (exchanges.getAsInt() > 1) {
      pump.share();
    } else {
      pump.attach();
    }
  }

  @Override
  public boolean pump(BooleanSupplier news) {
    return pump.pump(news);
  }

  @Override
  public void wake(Thread waiting) {
    pump.wake(waiting);
  }

  @Override
  public void leave(boolean over) {
    pump.leave(over);
    if (exchanges.getAsInt() > 0 && alone.getAsBoolean()) {
      pump.share();
    }
  }

  @Override
  public void share() {
    pump.share();
  }
}
