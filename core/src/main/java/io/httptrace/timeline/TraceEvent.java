package io.httptrace.timeline;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.Hook;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A call of a hook, with its time and its arguments. Immutable. */
public final class TraceEvent {
  private final RecordedCall call;
  private final long offset;

  TraceEvent(RecordedCall call, long offset) {
    this.call = call;
    this.offset = offset;
  }

  /** {@return which hook was called} */
  public Hook hook() {
    return call.hook();
  }

  /** {@return when it happened, from the start of the timeline; never negative} */
  public Duration offset() {
    return Duration.ofNanos(offset);
  }

  /** {@return the number of the round trip, if the client said it} */
  public OptionalInt roundTrip() {
    int roundTrip = call.stamp().roundTrip();
    return roundTrip > 0 ? OptionalInt.of(roundTrip) : OptionalInt.empty();
  }

  /** {@return the connection, if the client said it} */
  public OptionalLong connectionId() {
    long id = call.stamp().connectionId();
    return id > 0 ? OptionalLong.of(id) : OptionalLong.empty();
  }

  /**
   * {@return the arguments as one line of text, without parentheses; empty if the hook has none}
   *
   * @param redaction whether secrets are masked
   */
  public String arguments(Redaction redaction) {
    EventArguments text = new EventArguments(requireNonNull(redaction, "redaction"));
    deliver(text);
    return text.text();
  }

  /**
   * Calls the same hook of another trace, with the same arguments and inside the same {@link
   * EventStamp}. Use it to get the arguments as objects.
   *
   * @param trace the trace to call
   * @throws IOException what {@link ClientTrace#got1xxResponse} throws
   */
  public void replay(ClientTrace trace) throws IOException {
    requireNonNull(trace, "trace");
    call.stamp().run(() -> call.callHookOf(trace));
  }

  /** Like {@link #replay}, for a trace that throws nothing and does not ask for the stamp. */
  void deliver(ClientTrace trace) {
    try {
      call.callHookOf(trace);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  long offsetNanos() {
    return offset;
  }

  EventStamp stamp() {
    return call.stamp();
  }

  /** {@return offset, hook and arguments, masked} */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "+%.3fms %s(%s)", offset / 1e6, hook(), arguments(Redaction.MASK_SECRETS));
  }
}
