package io.httptrace.cli.measure;

import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.gate.RequestFigures;
import io.httptrace.cli.request.RepeatedRequest;
import io.httptrace.timeline.Redaction;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request, and adds what is known of it to a measurement when it is over.
 *
 * @param request what to send
 * @param measurement gets it
 * @param failsOnStatus whether a status from 400 on is a failure
 * @param redaction whether secrets in messages are masked
 */
public record MeasuredSender(
    RepeatedRequest request, Measurement measurement, boolean failsOnStatus, Redaction redaction) {

  /**
   * Sends it.
   *
   * @param due when it is due, or null
   * @return completes when it is over, never exceptionally
   */
  public CompletableFuture<Void> send(@Nullable Long due) {
    RequestClock clock = new RequestClock();
    return request.send(clock, clock::responded).thenAccept(error -> over(clock, due, error));
  }

  private void over(RequestClock clock, @Nullable Long due, @Nullable Throwable error) {
    RequestFigures figures = clock.figures(due, System.nanoTime());
    measurement.add(figures, clock.facts(), failure(clock, error), error);
  }

  private @Nullable Failure failure(RequestClock clock, @Nullable Throwable error) {
    if (error != null) {
      return Failure.ofOneOfMany(error, clock.failedPhase(), clock.responded(), redaction);
    }
    return failsOnStatus ? Failure.ofStatus(clock.facts().status) : null;
  }
}
