package io.httptrace.jdk;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.Hook;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Calls the hooks of one round trip. What they throw is logged. */
final class Hooks {
  private final ClientTrace trace;
  private final long requestId;
  private final int roundTrip;

  Hooks(ClientTrace trace, long requestId, int roundTrip) {
    this.trace = trace;
    this.requestId = requestId;
    this.roundTrip = roundTrip;
  }

  /**
   * Calls a hook.
   *
   * @param hook which one
   * @param at when its event happened
   * @param connection the connection, or 0
   * @param caller calls it
   */
  void call(Hook hook, long at, long connection, Consumer<ClientTrace> caller) {
    EventStamp.enter(at, requestId, roundTrip, connection);
    try {
      caller.accept(trace);
    } catch (Throwable thrown) {
      Problems.log(trace, hook, thrown);
    } finally {
      EventStamp.exit();
    }
  }

  /** Calls the hook that may throw. */
  void got1xxResponse(long at, long connection, int code, Map<String, List<String>> header)
      throws IOException {
    EventStamp.enter(at, requestId, roundTrip, connection);
    try {
      trace.got1xxResponse(code, header);
    } finally {
      EventStamp.exit();
    }
  }
}
