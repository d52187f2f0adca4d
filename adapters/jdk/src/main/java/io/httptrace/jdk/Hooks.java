package io.httptrace.jdk;

import io.httptrace.Hook;
import io.httptrace.adapter.CallHooks;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The hooks of one round trip, called one at a time: none after the one that says it is done. */
final class Hooks {
  private final CallHooks call;
  private final int roundTrip;
  private volatile boolean done;

  /**
   * Makes them.
   *
   * @param call the hooks of its call
   * @param roundTrip its number
   */
  Hooks(CallHooks call, int roundTrip) {
    this.call = call;
    this.roundTrip = roundTrip;
  }

  /**
   * Calls a hook, unless the round trip is done.
   *
   * @param hook which one
   * @param at when its event happened
   * @param connection the connection, or 0
   * @param caller calls it
   */
  void call(Hook hook, long at, long connection, CallHooks.HookCall caller) {
    if (!done) {
      done = hook == Hook.ROUND_TRIP_DONE;
      call.fire(hook, at, roundTrip, connection, caller);
    }
  }

  /** The call has ended, with all its round trips. */
  void endCall() {
    call.end();
  }

  /** Calls the hook that may throw, unless the round trip is done. */
  void got1xxResponse(long at, long connection, int code, Map<String, List<String>> header)
      throws IOException {
    if (!done) {
      call.fireOrThrow(at, roundTrip, connection, trace -> trace.got1xxResponse(code, header));
    }
  }
}
