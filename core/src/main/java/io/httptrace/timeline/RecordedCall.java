package io.httptrace.timeline;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.Hook;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A call of a hook, with its stamp and its arguments. */
final class RecordedCall {
  private final Hook hook;
  private final EventStamp stamp;
  private final @Nullable Object[] arguments;

  /**
   * Makes a call.
   *
   * @param arguments as many as the hook has, of the types it takes; not changed any more
   */
  RecordedCall(Hook hook, EventStamp stamp, @Nullable Object... arguments) {
    this.hook = hook;
    this.stamp = stamp;
    this.arguments = arguments;
  }

  /** {@return the call with as many of the three arguments as the hook has} */
  static RecordedCall of(
      Hook hook,
      EventStamp stamp,
      @Nullable Object first,
      @Nullable Object second,
      @Nullable Object third) {
    @Nullable Object[] three = {first, second, third};
    return new RecordedCall(hook, stamp, Arrays.copyOf(three, hook.parameterCount()));
  }

  Hook hook() {
    return hook;
  }

  EventStamp stamp() {
    return stamp;
  }

  /** Calls the same hook of another trace with the same arguments. */
  void callHookOf(ClientTrace trace) throws IOException {
    hook.call(trace, arguments);
  }
}
