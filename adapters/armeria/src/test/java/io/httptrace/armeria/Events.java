package io.httptrace.armeria;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The hooks that were called, in order. Fields are left out, but for one call for all of them. */
final class Events {
  // Guarded by this.
  private final List<String> names = new ArrayList<>();

  private final TraceRecorder recorder = TraceRecorder.builder().listener(this::add).build();

  private synchronized void add(TraceEvent event) {
    String name = event.hook().methodName();
    boolean field = event.hook() == Hook.WROTE_HEADER_FIELD;
    if (!field || !names.get(names.size() - 1).equals(name)) {
      names.add(name);
    }
    notifyAll();
  }

  ClientTrace trace() {
    return recorder;
  }

  TraceRecorder recorder() {
    return recorder;
  }

  synchronized List<String> names() {
    return List.copyOf(names);
  }

  /** Waits until each round trip that has begun is over. */
  Events awaitRoundTripDone() {
    return await("roundTripDone", () -> count("roundTripDone") == count("roundTripStart"));
  }

  /** Waits until a hook has been called. */
  Events await(Hook hook) {
    return await(hook.methodName(), () -> count(hook.methodName()) > 0);
  }

  private int count(String name) {
    return Collections.frequency(names, name);
  }

  private synchronized Events await(String what, BooleanSupplier seen) {
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (!seen.getAsBoolean()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("no " + what + " after " + names);
      }
      try {
        wait(left / 1_000_000 + 1);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
    return this;
  }
}
