package io.httptrace.timeline;

import io.httptrace.ClientTrace;
import io.httptrace.EventScope;
import java.io.IOException;

/**
 * A hook that a client fires.
 *
 * @param scope when and where
 * @param hook calls it
 */
record FiredHook(EventScope scope, Call hook) {

  /** Calls one hook, with its arguments. */
  @FunctionalInterface
  interface Call {
    void callHookOf(ClientTrace trace) throws IOException;
  }
}
