package io.httptrace.client.connect;

import io.httptrace.client.concurrent.Clock;
import java.net.SocketTimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long a dial may take, and each of its steps: whichever ends first counts. Used on the strand
 * of the dial.
 */
final class DialDeadline {
  private final DialContext context;
  private final Consumer<@Nullable Throwable> onTimeout;
  private long deadline;
  private Clock.Timer timer = Clock.Timer.NONE;

  /** Tells a timer that has run out in the meantime from the one that counts. */
  private int current;

  /**
   * Makes the limits of a dial, which do not run yet.
   *
   * @param onTimeout is told when there is no time left, on the strand; why, or null if a step has
   *     taken longer than it may
   */
  DialDeadline(DialContext context, Consumer<@Nullable Throwable> onTimeout) {
    this.context = context;
    this.onTimeout = onTimeout;
  }

  /** The dial begins. */
  void begin() {
    long limit = context.settings().connectNanos();
    if (limit > 0) {
      deadline = context.clock().nanoTime() + limit;
      deadline = deadline == 0 ? 1 : deadline;
      resume();
    }
  }

  /** {@return when the dial must have ended, or 0 if it has no limit} */
  long deadline() {
    return deadline;
  }

  /** Only the dial as a whole is limited from now on. */
  void resume() {
    stop();
    if (deadline != 0) {
      set(left(), new SocketTimeoutException("connect timed out"));
    }
  }

  /** A step begins that may take so long, if it may take less than what is left of the dial. */
  void step(long nanos) {
    if (nanos > 0 && nanos < left()) {
      stop();
      set(nanos, null);
    }
  }

  /** Nothing is limited any more. */
  void stop() {
    current++;
    timer.stop();
  }

  private void set(long nanos, @Nullable Throwable reason) {
    int number = current;
    timer =
        context
            .clock()
            .schedule(
                () ->
                    context
                        .strand()
                        .execute(
                            () -> {
                              if (number == current) {
                                onTimeout.accept(reason);
                              }
                            }),
                nanos);
  }

  private long left() {
    return deadline == 0 ? Long.MAX_VALUE : deadline - context.clock().nanoTime();
  }
}
