package io.httptrace.jdk;

import io.httptrace.Hook;
import io.httptrace.adapter.CallHooks;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The hooks of one round trip.
 *
 * @param call the hooks of its call
 * @param roundTrip its number
 */
record Hooks(CallHooks call, int roundTrip) {
  /**
   * Calls a hook.
   *
   * @param hook which one
   * @param at when its event happened
   * @param connection the connection, or 0
   * @param caller calls it
   */
  void call(Hook hook, long at, long connection, CallHooks.HookCall caller) {
    call.fire(hook, at, roundTrip, connection, caller);
  }

  /** Calls the hook that may throw. */
  void got1xxResponse(long at, long connection, int code, Map<String, List<String>> header)
      throws IOException {
    call.fireOrThrow(at, roundTrip, connection, trace -> trace.got1xxResponse(code, header));
  }
}
