package io.httptrace.timeline;

import io.httptrace.ClientTrace;
import io.httptrace.EventScope;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A call of a hook: which, when and where it happened, and with what arguments. */
final class RecordedCall {
  private final RecordedHook hook;
  private final EventScope scope;
  private final @Nullable Object[] arguments;

  /**
   * Makes it.
   *
   * @param arguments as many as the hook has, of the types it takes; not changed any more
   */
  RecordedCall(RecordedHook hook, EventScope scope, @Nullable Object... arguments) {
    this.hook = hook;
    this.scope = scope;
    this.arguments = arguments;
  }

  String hook() {
    return hook.toString();
  }

  EventScope scope() {
    return scope;
  }

  /** Calls the same hook of another trace with the same arguments. */
  void callHookOf(ClientTrace trace) throws IOException {
    hook.callOf(trace, arguments);
  }
}
