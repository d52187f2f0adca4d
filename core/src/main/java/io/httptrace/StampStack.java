package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The stamps that are current on a thread, the innermost last. Entering and leaving one allocates
 * no object: the values are in an array that the thread keeps, and become an {@link EventStamp}
 * only when one is needed.
 *
 * <p>After all stamps are left, a thread keeps objects of JDK types only: otherwise a thread that
 * outlives the class loader of this class would keep it from being unloaded.
 */
final class StampStack {
  private static final int VALUES_OF_ONE = 4;

  /** How many stamps fit at first: a hook that sends a request makes a second one. */
  private static final int USUAL_DEPTH = 2;

  /** The stack of a thread that has not entered a stamp yet. Never written. */
  private static final @Nullable Object[] NONE = {new long[1]};

  /**
   * The stack of a thread. Index 0 has the values: how many stamps are open, then time, round trip,
   * connection and request of each. Index n has the n-th stamp as an object, or null if it has not
   * been needed.
   */
  private static final ThreadLocal<@Nullable Object[]> OF_THREAD = new ThreadLocal<>();

  private StampStack() {}

  /**
   * Enters a stamp.
   *
   * @param stamp the same as an object, if there is one
   */
  static void enter(
      long nanoTime, long requestId, int roundTrip, long connectionId, @Nullable EventStamp stamp) {
    @Nullable Object[] stack = stack();
    int depth = depth(stack) + 1;
    if (depth == stack.length) {
      stack = grown(stack);
      OF_THREAD.set(stack);
    }
    long[] values = values(stack);
    int first = first(depth);
    values[0] = depth;
    values[first] = nanoTime;
    values[first + 1] = roundTrip;
    values[first + 2] = connectionId;
    values[first + 3] = requestId;
    stack[depth] = stamp;
  }

  /** Leaves the innermost stamp. */
  static void exit() {
    @Nullable Object[] stack = stack();
    int depth = depth(stack);
    if (depth == 0) {
      throw new IllegalStateException("no stamp has been entered on this thread");
    }
    stack[depth] = null;
    values(stack)[0] = depth - 1L;
  }

  /** {@return the innermost stamp, the same object each time; null if there is none} */
  static @Nullable EventStamp current() {
    @Nullable Object[] stack = stack();
    int depth = depth(stack);
    if (depth == 0) {
      return null;
    }
    if (stack[depth] instanceof EventStamp known) {
      return known;
    }
    long[] values = values(stack);
    int first = first(depth);
    EventStamp made =
        EventStamp.of(values[first], Math.toIntExact(values[first + 1]), values[first + 2])
            .withRequestId(values[first + 3]);
    stack[depth] = made;
    return made;
  }

  static long nanoTime() {
    @Nullable Object[] stack = stack();
    int depth = depth(stack);
    return depth == 0 ? System.nanoTime() : values(stack)[first(depth)];
  }

  /**
   * Passes the values of the innermost stamp; if there is none, those of a stamp of this moment.
   */
  static void read(EventStamp.Reader reader) {
    @Nullable Object[] stack = stack();
    int depth = depth(stack);
    if (depth == 0) {
      reader.read(System.nanoTime(), 0, 0, 0);
      return;
    }
    long[] values = values(stack);
    int first = first(depth);
    reader.read(
        values[first], values[first + 3], Math.toIntExact(values[first + 1]), values[first + 2]);
  }

  private static @Nullable Object[] stack() {
    @Nullable Object[] stack = OF_THREAD.get();
    return stack == null ? NONE : stack;
  }

  private static @Nullable Object[] grown(@Nullable Object[] stack) {
    int room = Math.max(USUAL_DEPTH, 2 * (stack.length - 1));
    @Nullable Object[] grown = Arrays.copyOf(stack, 1 + room);
    grown[0] = Arrays.copyOf(values(stack), 1 + VALUES_OF_ONE * room);
    return grown;
  }

  private static long[] values(@Nullable Object[] stack) {
    return (long[]) requireNonNull(stack[0]);
  }

  private static int depth(@Nullable Object[] stack) {
    return (int) values(stack)[0];
  }

  private static int first(int depth) {
    return 1 + VALUES_OF_ONE * (depth - 1);
  }
}
