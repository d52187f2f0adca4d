package io.httptrace.conformance.hooks;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The names of the hooks that were called, in order, for tests that compare them as a whole list.
 * Header fields that follow one another count as one. Safe for use by several threads.
 */
public final class HookNames {
  // Guarded by this.
  private final List<String> names = new ArrayList<>();

  private final TraceRecorder recorder = TraceRecorder.builder().listener(this::add).build();

  /** Makes one without names. */
  public HookNames() {}

  private synchronized void add(TraceEvent event) {
    String name = event.hook().methodName();
    boolean field = event.hook() == Hook.WROTE_HEADER_FIELD;
    if (!field || names.isEmpty() || !names.get(names.size() - 1).equals(name)) {
      names.add(name);
    }
    notifyAll();
  }

  /** {@return the trace to attach to requests} */
  public ClientTrace trace() {
    return recorder;
  }

  /** {@return the same, which also has the timeline} */
  public TraceRecorder recorder() {
    return recorder;
  }

  /** {@return the names so far, such as {@code gotConn}} */
  public synchronized List<String> names() {
    return List.copyOf(names);
  }

  /**
   * Waits until a hook has been called, for a client that has its answer before.
   *
   * @param hook the hook
   * @return this
   * @throws AssertionError if it is not within {@link Waiting#LIMIT}, or if the thread is
   *     interrupted
   */
  public HookNames await(Hook hook) {
    requireNonNull(hook, "hook");
    return await(hook.methodName(), () -> count(hook) > 0);
  }

  /**
   * Waits until each round trip that has begun is over.
   *
   * @return this
   * @throws AssertionError if they are not within {@link Waiting#LIMIT}, or if the thread is
   *     interrupted
   */
  public HookNames awaitRoundTripDone() {
    return await(
        Hook.ROUND_TRIP_DONE.methodName(),
        () -> count(Hook.ROUND_TRIP_DONE) == count(Hook.ROUND_TRIP_START));
  }

  private synchronized int count(Hook hook) {
    return Collections.frequency(names, hook.methodName());
  }

  private synchronized HookNames await(String what, BooleanSupplier seen) {
    try {
      if (Waiting.until(this, seen, Waiting.LIMIT)) {
        return this;
      }
      throw new AssertionError("no " + what + " after " + names);
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted, with no " + what + " after " + names, interrupted);
    }
  }
}
