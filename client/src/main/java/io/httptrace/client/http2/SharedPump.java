package io.httptrace.client.http2;

import io.httptrace.client.concurrent.Pump;
import io.httptrace.client.netty.ConnectionLoops;
import io.netty.channel.Channel;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection that several exchanges may have at a time. A caller drives it as long as it is the
 * only one who has it; with the second exchange it goes to the poller, which can serve all of them,
 * and stays there until it has been unused.
 *
 * <p>An exchange counts from when it gets the connection, so before it attaches or shares; and no
 * longer when its caller leaves. A caller who leaves lets go first, and then looks at the count; one
 * who is about to park has been counted, and then looks whether anybody listens. So one of the two
 * sees that the poller must.
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

  /**
   * {@return what drives a connection; null if no caller can}
   *
   * @param channel its channel
   * @param exchanges how many exchanges have it now; on any thread
   */
  static @Nullable Pump of(Channel channel, IntSupplier exchanges) {
    Pump pump = ConnectionLoops.pumpOf(channel);
    return pump == null
        ? null
        : new SharedPump(pump, () -> ConnectionLoops.isAlone(channel), exchanges);
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
    if (pump.pump(news)) {
      return true;
    }
    shareIfAlone();
    return false;
  }

  @Override
  public void wake(Thread waiting) {
    pump.wake(waiting);
  }

  @Override
  public void leave(boolean over) {
    pump.leave(over);
    if (exchanges.getAsInt() > 0) {
      shareIfAlone();
    }
  }

  @Override
  public void share() {
    pump.share();
  }

  private void shareIfAlone() {
    if (alone.getAsBoolean()) {
      pump.share();
    }
  }
}
