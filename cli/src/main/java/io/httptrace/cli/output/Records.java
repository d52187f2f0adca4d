package io.httptrace.cli.output;

import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.gate.SloResult;
import io.httptrace.timeline.Timeline;
import org.jspecify.annotations.Nullable;

/** Writes one request after another in a form for programs. For one thread. */
public interface Records {

  /**
   * Writes a request that is over.
   *
   * @param timeline what has happened
   * @param failure why the command fails; null if it does not
   * @param slo which limits of {@code --slo} are met; null without any
   */
  void add(Timeline timeline, @Nullable Failure failure, @Nullable SloResult slo);

  /** Ends what has been begun. If no request has been written, there is nothing to end. */
  void end();
}
