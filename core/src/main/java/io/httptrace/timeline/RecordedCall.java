package io.httptrace.timeline;

import io.httptrace.ClientTrace;
import io.httptrace.EventScope;
import java.io.IOException;

/**
 * A call of a hook.
 *
 * @param hook the name of the hook
 * @param scope when and where it happened
 * @param arguments calls the same hook of another trace with the same arguments
 */
record RecordedCall(String hook, EventScope scope, Arguments arguments) {

  /**
   * The arguments of a hook, in the only form that keeps their types: a call waiting for a trace.
   */
  @FunctionalInterface
  interface Arguments {
    void callHookOf(ClientTrace trace) throws IOException;
  }
}
