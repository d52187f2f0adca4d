package io.httptrace.adapter;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.Hook;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of one call, with all its round trips. {@link ClientTraces#hooks} makes them, for a
 * call that somebody listens to.
 *
 * <p>Each hook is called on the calling thread, for all traces one after the other, inside an
 * {@link EventStamp}. Hooks are code of the application: they may take long, so they must not be
 * called with a lock held, nor on a thread that serves other calls unless {@link #nonBlocking()}.
 * The methods may be called by several threads at a time, also after {@link #end}.
 */
public final class CallHooks {
  /** Calls one hook of a trace, always the same one. */
  @FunctionalInterface
  public interface HookCall {
    /**
     * Calls the hook.
     *
     * @param trace whose hook it is
     * @throws IOException what the hook throws
     */
    void call(ClientTrace trace) throws IOException;
  }

  /**
   * Calls one hook of a trace, always the same one, with arguments that it is passed: unlike a
   * {@link HookCall} that captures them it is no new object for each call.
   *
   * @param <A> the type of the first argument
   * @param <B> the type of the second one
   */
  @FunctionalInterface
  public interface HookCallWith<A, B> {
    /**
     * Calls the hook.
     *
     * @param trace whose hook it is
     * @param first the first argument
     * @param second the second one
     * @throws IOException what the hook throws
     */
    void call(ClientTrace trace, A first, B second) throws IOException;
  }

  private final SafeLog log;
  private final List<ClientTrace> traces;
  private final TimelineDelivery.@Nullable Recording recording;
  private final long requestId = EventStamp.newRequestId();

  CallHooks(SafeLog log, List<ClientTrace> traces, TimelineDelivery.@Nullable Recording recording) {
    this.log = log;
    this.traces = traces;
    this.recording = recording;
  }

  /**
   * {@return the number of the call, as all its hooks find it in {@link EventStamp#requestId()}}
   */
  public long requestId() {
    return requestId;
  }

  /**
   * {@return whether no hook blocks or uses the client} Every trace has promised it by {@link
   * ClientTrace#nonBlocking()}; one that throws has not.
   */
  public boolean nonBlocking() {
    for (ClientTrace trace : traces) {
      try {
        if (!trace.nonBlocking()) {
          return false;
        }
      } catch (Throwable thrown) {
        return false;
      }
    }
    return true;
  }

  /**
   * Calls a hook of all traces. Never throws: what a hook throws is logged, once for each hook of a
   * trace, and the hooks of the other traces are called all the same.
   *
   * @param hook names the hook in the log
   * @param nanoTime when the event happened, by {@link System#nanoTime()}; read it before you make
   *     the arguments, and once for several hooks of the same moment
   * @param roundTrip in which round trip, from 1
   * @param connectionId on which connection, dialled or used; 0 if on none, or if it is not known
   * @param call calls the hook
   */
  public void fire(Hook hook, long nanoTime, int roundTrip, long connectionId, HookCall call) {
    requireNonNull(call, "call");
    fire(
        hook,
        nanoTime,
        roundTrip,
        connectionId,
        call,
        null,
        (trace, caller, none) -> caller.call(trace));
  }

  /**
   * Does the same, with arguments that are passed on, so that nothing is allocated.
   *
   * @param hook as for the other
   * @param nanoTime as for the other
   * @param roundTrip as for the other
   * @param connectionId as for the other
   * @param first is passed to the call; may be null
   * @param second is passed to the call; may be null
   * @param call calls the hook; it should capture nothing
   * @param <A> the type of the first argument
   * @param <B> the type of the second one
   */
  @SuppressWarnings("NullAway") // An argument is passed on as it came: null where the hook says so.
  public <A, B> void fire(
      Hook hook,
      long nanoTime,
      int roundTrip,
      long connectionId,
      @Nullable A first,
      @Nullable B second,
      HookCallWith<A, B> call) {
    requireNonNull(hook, "hook");
    requireNonNull(call, "call");
    EventStamp.enter(nanoTime, requestId, roundTrip, connectionId);
    try {
      for (int i = 0; i < traces.size(); i++) { // an iterator would be an object
        try {
          call.call(traces.get(i), first, second);
        } catch (Throwable thrown) {
          HookFailures.log(log, traces.get(i), hook, thrown);
        }
      }
    } finally {
      EventStamp.exit();
    }
  }

  /**
   * Calls {@link ClientTrace#got1xxResponse} of all traces, for a client that lets it abort the
   * request. All hooks are called, then the first throwable is thrown, with the others as
   * suppressed; nothing is logged.
   *
   * @param nanoTime as for {@link #fire}
   * @param roundTrip as for {@link #fire}
   * @param connectionId as for {@link #fire}
   * @param call calls the hook
   * @throws IOException what a hook throws, which may also be unchecked
   */
  public void fireOrThrow(long nanoTime, int roundTrip, long connectionId, HookCall call)
      throws IOException {
    requireNonNull(call, "call");
    Throwable first = null;
    EventStamp.enter(nanoTime, requestId, roundTrip, connectionId);
    try {
      for (ClientTrace trace : traces) {
        try {
          call.call(trace);
        } catch (Throwable thrown) {
          first = first == null ? thrown : with(first, thrown);
        }
      }
    } finally {
      EventStamp.exit();
    }
    if (first != null) {
      CallHooks.<IOException>rethrow(first);
    }
  }

  /** Two hooks may throw the same instance, and it cannot suppress itself. */
  private static Throwable with(Throwable first, Throwable other) {
    if (first != other) {
      first.addSuppressed(other);
    }
    return first;
  }

  @SuppressWarnings("unchecked") // It is thrown as what it is: the type is for the compiler only.
  private static <X extends Throwable> void rethrow(Throwable thrown) throws X {
    throw (X) thrown;
  }

  /**
   * Says that the call is over. The consumer of {@link ClientTraces#onTimeline} gets its timeline,
   * on this thread, the first time only. Call it after the last {@link ClientTrace#roundTripDone};
   * of a call that had no round trip, as one that a cache has answered, do not call it, and there
   * is no timeline.
   */
  public void end() {
    if (recording != null) {
      recording.end();
    }
  }

  /** {@return the number of the call} */
  @Override
  public String toString() {
    return "CallHooks[" + requestId + "]";
  }
}
