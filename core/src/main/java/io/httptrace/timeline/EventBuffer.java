package io.httptrace.timeline;

import io.httptrace.EventStamp;
import io.httptrace.Hook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls of hooks, in a compact encoding: the dozen calls of a request on a pooled connection take
 * two small arrays and no other object. Not safe for use by several threads.
 *
 * <pre>
 * call      = hook [ time ] [ place ] [ request ]
 * hook      = a byte: the number of the hook, TIME if a time follows, PLACE if a place does,
 *             REQUEST if a request does
 * time      = number: nanoseconds since the call before, negative ones too
 * place     = number number: the round trip, the connection
 * request   = number
 * number    = seven bits in each byte, the lowest first; all but the last have the eighth bit
 * </pre>
 *
 * A part that does not follow is the same as for the call before.
 */
final class EventBuffer {
  private static final int TIME = 0x20;
  private static final int PLACE = 0x40;
  private static final int REQUEST = 0x80;
  private static final int HOOK = 0x1f;

  private static final Hook[] HOOKS = Hook.values();

  /** Three longs and an int at seven bits a byte, and the hook. */
  private static final int LONGEST_CALL = 10 + 10 + 10 + 5 + 1;

  private final long start;
  private byte[] bytes = new byte[96];
  private @Nullable Object[] arguments = new @Nullable Object[16];
  private int length;
  private int argumentCount;
  private int size;

  // The stamp of the last call.
  private long nanoTime;
  private long requestId;
  private long connectionId;
  private int roundTrip;

  /**
   * Makes an empty buffer.
   *
   * @param nanoTime about when the first call will be: the nearer, the less it takes
   */
  EventBuffer(long nanoTime) {
    this.start = nanoTime;
    this.nanoTime = nanoTime;
  }

  /** {@return how many calls there are} */
  int size() {
    return size;
  }

  /** Adds a call, whose {@link #arguments} must follow. */
  @SuppressWarnings("EnumOrdinal") // It does not leave the process.
  void add(Hook hook, long at, long request, int trip, long connection) {
    if (bytes.length - length < LONGEST_CALL) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    boolean sameTime = at == nanoTime;
    boolean samePlace = trip == roundTrip && connection == connectionId;
    boolean sameRequest = request == requestId;
    int flags = (sameTime ? 0 : TIME) | (samePlace ? 0 : PLACE) | (sameRequest ? 0 : REQUEST);
    bytes[length++] = (byte) (hook.ordinal() | flags);
    if (!sameTime) {
      long difference = at - nanoTime;
      number((difference << 1) ^ (difference >> (Long.SIZE - 1)));
      nanoTime = at;
    }
    if (!samePlace) {
      number(Integer.toUnsignedLong(trip));
      number(connection);
      roundTrip = trip;
      connectionId = connection;
    }
    if (!sameRequest) {
      number(request);
      requestId = request;
    }
    size++;
  }

  /** Adds the arguments of the last call: the first {@code count} of three. */
  void arguments(
      int count, @Nullable Object first, @Nullable Object second, @Nullable Object third) {
    if (arguments.length - argumentCount < count) {
      arguments = Arrays.copyOf(arguments, 2 * arguments.length);
    }
    if (count > 0) {
      arguments[argumentCount++] = first;
    }
    if (count > 1) {
      arguments[argumentCount++] = second;
    }
    if (count > 2) {
      arguments[argumentCount++] = third;
    }
  }

  private void number(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes[length++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[length++] = (byte) left;
  }

  /** {@return the calls, in the order in which they were added} */
  List<RecordedCall> calls() {
    return new Reader().calls();
  }

  private final class Reader {
    private int position;

    List<RecordedCall> calls() {
      List<RecordedCall> calls = new ArrayList<>(size);
      long time = start;
      int trip = 0;
      long connection = 0;
      long request = 0;
      int argument = 0;
      while (position < length) {
        int head = bytes[position++];
        if ((head & TIME) != 0) {
          long difference = number();
          time += (difference >>> 1) ^ -(difference & 1);
        }
        if ((head & PLACE) != 0) {
          trip = (int) number();
          connection = number();
        }
        if ((head & REQUEST) != 0) {
          request = number();
        }
        Hook hook = HOOKS[head & HOOK];
        int next = argument + hook.parameterCount();
        calls.add(
            new RecordedCall(
                hook,
                EventStamp.of(time, trip, connection).withRequestId(request),
                Arrays.copyOfRange(arguments, argument, next)));
        argument = next;
      }
      return calls;
    }

    private long number() {
      long value = 0;
      int shift = 0;
      byte part;
      do {
        part = bytes[position++];
        value |= (part & 0x7fL) << shift;
        shift += 7;
      } while (part < 0);
      return value;
    }
  }
}
