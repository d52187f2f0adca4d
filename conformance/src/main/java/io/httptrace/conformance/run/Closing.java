package io.httptrace.conformance.run;

import io.httptrace.conformance.OpenClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Closes a client, but does not wait forever: a client that hangs must not hang the tests. */
final class Closing {
  private Closing() {}

  /** {@return the failures} */
  static List<String> within(Duration limit, OpenClient client) throws InterruptedException {
    List<String> faults = new CopyOnWriteArrayList<>();
    Thread closer =
        new Thread(
            () -> {
              try {
                client.close();
              } catch (IOException | RuntimeException | AssertionError e) {
                faults.add("closing the client failed: " + e);
              }
            },
            "who closes the client");
    closer.setDaemon(true);
    closer.start();
    closer.join(limit.toMillis());
    if (closer.isAlive()) {
      faults.add("closing the client takes longer than " + limit);
      closer.interrupt();
    }
    return new ArrayList<>(faults);
  }
}
