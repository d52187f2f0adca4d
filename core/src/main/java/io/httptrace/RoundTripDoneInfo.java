package io.httptrace;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A round trip that has ended. */
public final class RoundTripDoneInfo {
  private final RoundTripOutcome outcome;
  private final @Nullable ByteCounts bytes;
  private final @Nullable Throwable error;

  private RoundTripDoneInfo(
      RoundTripOutcome outcome, @Nullable ByteCounts bytes, @Nullable Throwable error) {
    this.outcome = requireNonNull(outcome, "outcome");
    this.bytes = bytes;
    this.error = error;
  }

  /**
   * {@return an info}
   *
   * @param outcome how it ended
   * @param bytes how many bytes were sent and received, or null (not zero) if the client does not
   *     count them
   * @param error what it failed with, or null
   */
  public static RoundTripDoneInfo of(
      RoundTripOutcome outcome, @Nullable ByteCounts bytes, @Nullable Throwable error) {
    return new RoundTripDoneInfo(outcome, bytes, error);
  }

  /** {@return how it ended} */
  public RoundTripOutcome outcome() {
    return outcome;
  }

  /** {@return how many bytes were sent and received; null if the client does not count them} */
  public @Nullable ByteCounts bytes() {
    return bytes;
  }

  /** {@return what it failed with; null if it did not} */
  public @Nullable Throwable error() {
    return error;
  }

  @Override
  public String toString() {
    return "{"
        + outcome
        + (bytes == null ? "" : " " + bytes)
        + (error == null ? "" : " Err:" + error)
        + "}";
  }
}
