package io.httptrace.timeline;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import java.io.IOException;

/**
 * A hook that a client fires.
 *
 * @param stamp when and where
 * @param hook calls it
 */
record FiredHook(EventStamp stamp, Call hook) {

  /** Calls one hook, with its arguments. */
  @FunctionalInterface
  interface Call {
    void callHookOf(ClientTrace trace) throws IOException;
  }
}
