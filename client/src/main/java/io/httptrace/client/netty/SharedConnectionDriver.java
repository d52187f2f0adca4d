package io.httptrace.client.netty;

import io.httptrace.client.concurrent.ConnectionDriver;
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
final class SharedConnectionDriver implements ConnectionDriver {
  private final ConnectionDriver driver;
  private final BooleanSupplier unpolled;
  private final IntSupplier exchanges;

  /**
   * Makes the driver of one connection.
   *
   * @param driver drives the connection
   * @param unpolled whether nobody listens to the connection
   * @param exchanges how many exchanges have it now
   */
  SharedConnectionDriver(ConnectionDriver driver, BooleanSupplier unpolled, IntSupplier exchanges) {
    this.driver = driver;
    this.unpolled = unpolled;
    this.exchanges = exchanges;
  }

  @Override
  public void attach() {
    if (exchanges.getAsInt() > 1) {
      driver.share();
    } else {
      driver.attach();
    }
  }

  @Override
  public boolean drive(BooleanSupplier news) {
    return driver.drive(news);
  }

  @Override
  public void wake(Thread waiting) {
    driver.wake(waiting);
  }

  @Override
  public void leave(boolean over) {
    driver.leave(over);
    if (exchanges.getAsInt() > 0 && unpolled.getAsBoolean()) {
      driver.share();
    }
  }

  @Override
  public void share() {
    driver.share();
  }
}
