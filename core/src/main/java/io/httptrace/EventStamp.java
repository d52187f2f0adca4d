package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Facts about an event that are not in the arguments of its hook: when it happened, in which
 * request and round trip, and on which connection.
 *
 * <p>A hook that wants exact figures calls {@link #current()}: hooks can run later than their event
 * and on another thread, so a clock read inside a hook is a little late, and events of several
 * dials and round trips of one request mix. A client, or an adapter for one, calls its hooks
 * {@linkplain #run with} a stamp.
 */
public final class EventStamp {

  /** Calls a hook that may throw. */
  @FunctionalInterface
  public interface HookCall {
    /**
     * Calls the hook.
     *
     * @throws IOException what the hook throws
     */
    void call() throws IOException;
  }

  /** Receives the values of a stamp. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Receives the values.
     *
     * @param nanoTime as {@link EventStamp#nanoTime()}
     * @param requestId as {@link EventStamp#requestId()}
     * @param roundTrip as {@link EventStamp#roundTrip()}
     * @param connectionId as {@link EventStamp#connectionId()}
     */
    void read(long nanoTime, long requestId, int roundTrip, long connectionId);
  }

  private static final AtomicLong REQUESTS = new AtomicLong();

  private final long nanoTime;
  private final long requestId;
  private final int roundTrip;
  private final long connectionId;

  private EventStamp(long nanoTime, long requestId, int roundTrip, long connectionId) {
    this.nanoTime = nanoTime;
    this.requestId = requestId;
    this.roundTrip = roundTrip;
    this.connectionId = connectionId;
  }

  /**
   * {@return the stamp of the event that is being reported on this thread} Outside of a hook, or if
   * the client sets no stamp, it has the current time, no round trip and no connection.
   */
  public static EventStamp current() {
    EventStamp stamp = StampStack.current();
    return stamp != null ? stamp : new EventStamp(System.nanoTime(), 0, 0, 0);
  }

  /** {@return the {@link #nanoTime()} of the {@link #current()} stamp, without an object for it} */
  public static long currentNanoTime() {
    return StampStack.nanoTime();
  }

  /**
   * Reads the {@link #current()} stamp without an object for it. For recorders, which get many
   * events.
   *
   * @param reader is called once, before this returns
   */
  public static void readCurrent(Reader reader) {
    StampStack.read(reader);
  }

  /**
   * Makes a stamp current on this thread, for a client that calls many hooks: like {@link #of} and
   * {@link #run}, but nothing is allocated. {@link #exit} must follow on the same thread, in a
   * {@code finally}; until then the stamp is {@linkplain #current() current}. Stamps nest.
   *
   * @param nanoTime as for {@link #of}
   * @param roundTrip as for {@link #of}
   * @param connectionId as for {@link #of}
   */
  public static void enter(long nanoTime, int roundTrip, long connectionId) {
    StampStack.enter(nanoTime, 0, roundTrip, connectionId, null);
  }

  /**
   * Like {@link #enter(long, int, long)}, with the request that the event belongs to.
   *
   * @param nanoTime as for {@link #of}
   * @param requestId as for {@link #withRequestId}
   * @param roundTrip as for {@link #of}
   * @param connectionId as for {@link #of}
   */
  public static void enter(long nanoTime, long requestId, int roundTrip, long connectionId) {
    StampStack.enter(nanoTime, requestId, roundTrip, connectionId, null);
  }

  /**
   * {@return a number for a new request, unique in this process} A client or an adapter gets one
   * for each request that it traces, and puts it into the stamp of each event.
   */
  public static long newRequestId() {
    return REQUESTS.incrementAndGet();
  }

  /**
   * Ends the stamp that {@link #enter} made current last on this thread.
   *
   * @throws IllegalStateException if there is none
   */
  public static void exit() {
    StampStack.exit();
  }

  /**
   * {@return a stamp without the number of a request}
   *
   * @param nanoTime when the event happened, as {@link System#nanoTime()} counts
   * @param roundTrip the number of the round trip, from 1, or 0 if it is not known
   * @param connectionId the connection being dialled or used, or 0 if there is none or it is not
   *     known
   */
  public static EventStamp of(long nanoTime, int roundTrip, long connectionId) {
    return new EventStamp(nanoTime, 0, roundTrip, connectionId);
  }

  /**
   * {@return a copy of this stamp with the number of a request}
   *
   * @param id the {@linkplain #newRequestId() number} of the request, or 0 if it is not known
   */
  public EventStamp withRequestId(long id) {
    return new EventStamp(nanoTime, id, roundTrip, connectionId);
  }

  /**
   * {@return when the event happened, as {@link System#nanoTime()} counts} That is when the client
   * noticed it: what comes from a server happens when the client finds that there is something to
   * read, also if it reads other connections first. Of what comes in one read all has the same
   * time. If all processors are busy, it may be noticed late.
   */
  public long nanoTime() {
    return nanoTime;
  }

  /**
   * {@return the number of the request, as its caller sees it, that the event belongs to: the same
   * for all its round trips, and different from that of any other request} 0 if the client does not
   * say.
   */
  public long requestId() {
    return requestId;
  }

  /**
   * {@return the number of the round trip the event belongs to} It is {@link
   * RoundTripStartInfo#number()}, or 0 if the client does not say.
   */
  public int roundTrip() {
    return roundTrip;
  }

  /**
   * {@return the connection the event belongs to} For a dial it is the {@linkplain
   * ConnectionInfo#id() id} the connection will have, also if the dial fails; 0 if there is none
   * yet or the client does not say.
   */
  public long connectionId() {
    return connectionId;
  }

  /**
   * Calls a hook while this stamp is current.
   *
   * @param hook calls the hook
   * @throws IOException what the hook throws
   */
  public void run(HookCall hook) throws IOException {
    requireNonNull(hook, "hook");
    StampStack.enter(nanoTime, requestId, roundTrip, connectionId, this);
    try {
      hook.call();
    } finally {
      StampStack.exit();
    }
  }

  /**
   * {@return whether the other is a stamp with the same time, request, round trip and connection}
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EventStamp that
        && nanoTime == that.nanoTime
        && requestId == that.requestId
        && roundTrip == that.roundTrip
        && connectionId == that.connectionId;
  }

  @Override
  public int hashCode() {
    return Objects.hash(nanoTime, requestId, roundTrip, connectionId);
  }

  @Override
  public String toString() {
    return "EventStamp[nanoTime="
        + nanoTime
        + (requestId == 0 ? "" : " requestId=" + requestId)
        + " roundTrip="
        + roundTrip
        + " connectionId="
        + connectionId
        + "]";
  }
}
