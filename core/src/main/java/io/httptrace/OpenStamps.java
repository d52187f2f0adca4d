package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The stamps that are current on a thread, the innermost last. Entering one and leaving it makes no
 * object: the values stand in an array that the thread keeps, and become an {@link EventStamp} when
 * someone asks for one.
 *
 * <p>What a thread keeps once it has left all stamps is of the JDK's own types only: a thread that
 * outlives the loader of this class must not hold it.
 */
final class OpenStamps {
  private static final int VALUES_OF_ONE = 4;

  /** How many stamps there is room for at first: a hook that sends a request makes a second one. */
  private static final int USUAL_DEPTH = 2;

  /** The stack of a thread that has not entered a stamp yet. Never written. */
  private static final @Nullable Object[] NONE = {new long[1]};

  /**
   * The stack of a thread. At 0 it has the values: how many stamps are open, then time, round trip,
   * connection and request of each. At n it has the n-th stamp as an object, or null if nobody has
   * asked for it.
   */
  private static final ThreadLocal<@Nullable Object[]> OF_THREAD = new ThreadLocal<>();

  private OpenStamps() {}

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

  /** Passes the values of the innermost stamp; of this very moment if there is none. */
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
