package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.concurrent.ConnectionDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Who drives a connection that several exchanges may have. */
class SharedConnectionDriverTest {
  private final List<String> calls = new ArrayList<>();
  private int exchanges = 1;
  private boolean unpolled;

  private final SharedConnectionDriver driver =
      new SharedConnectionDriver(
          new ConnectionDriver() {
            @Override
            public void attach() {
              calls.add("attach");
            }

            @Override
            public boolean drive(BooleanSupplier news) {
              calls.add("driver");
              return true;
            }

            @Override
            public void wake(Thread waiting) {
              calls.add("wake " + waiting.getName());
            }

            @Override
            public void leave(boolean over) {
              calls.add("leave " + over);
            }

            @Override
            public void share() {
              calls.add("share");
            }
          },
          () -> unpolled,
          () -> exchanges);

  @Test
  void aCallerWhoIsTheOnlyOneDrives() {
    driver.attach();
    boolean again = driver.drive(() -> false);
    driver.wake(Thread.currentThread());
    exchanges = 0;
    unpolled = true;
    driver.leave(true);

    assertThat(again).isTrue();
    assertThat(calls)
        .containsExactly(
            "attach", "driver", "wake " + Thread.currentThread().getName(), "leave true");
  }

  @Test
  void withTheSecondExchangeItGoesToThePoller() {
    driver.attach();
    exchanges = 2;
    driver.attach();

    assertThat(calls).containsExactly("attach", "share");
  }

  @Test
  void aCallerWhoLeavesSeesToThoseWhoHaveComeMeanwhile() {
    driver.attach();
    unpolled = true;
    driver.leave(true);

    assertThat(calls).containsExactly("attach", "leave true", "share");
  }

  @Test
  void whoLeavesTheRestToThePollerAsksItOnce() {
    driver.attach();
    driver.leave(false);

    assertThat(calls).containsExactly("attach", "leave false");
  }
}
