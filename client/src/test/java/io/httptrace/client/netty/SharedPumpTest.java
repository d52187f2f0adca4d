package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.concurrent.Pump;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Who drives a connection that several exchanges may have. */
class SharedPumpTest {
  private final List<String> calls = new ArrayList<>();
  private int exchanges = 1;
  private boolean alone;

  private final SharedPump pump =
      new SharedPump(
          new Pump() {
            @Override
            public void attach() {
              calls.add("attach");
            }

            @Override
            public boolean pump(BooleanSupplier news) {
              calls.add("pump");
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
          () -> alone,
          () -> exchanges);

  @Test
  void aCallerWhoIsTheOnlyOneDrives() {
    pump.attach();
    boolean again = pump.pump(() -> false);
    pump.wake(Thread.currentThread());
    exchanges = 0;
    alone = true;
    pump.leave(true);

    assertThat(again).isTrue();
    assertThat(calls)
        .containsExactly(
            "attach", "pump", "wake " + Thread.currentThread().getName(), "leave true");
  }

  @Test
  void withTheSecondExchangeItGoesToThePoller() {
    pump.attach();
    exchanges = 2;
    pump.attach();

    assertThat(calls).containsExactly("attach", "share");
  }

  @Test
  void aCallerWhoLeavesSeesToThoseWhoHaveComeMeanwhile() {
    pump.attach();
    alone = true;
    pump.leave(true);

    assertThat(calls).containsExactly("attach", "leave true", "share");
  }

  @Test
  void whoLeavesTheRestToThePollerAsksItOnce() {
    pump.attach();
    pump.leave(false);

    assertThat(calls).containsExactly("attach", "leave false");
  }
}
