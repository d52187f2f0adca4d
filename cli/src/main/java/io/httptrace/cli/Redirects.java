package io.httptrace.cli;

import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.options.CommandOptions.FollowUpOptions;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the limit for redirects. */
final class Redirects {
  private Redirects() {}

  /**
   * {@return the failure of a request whose last response is a redirect above the limit, or null}
   * For the client such a redirect is a normal response.
   *
   * @param timeline what has happened, with no failure
   * @param options whether redirects are followed, and how many
   */
  static @Nullable Failure tooMany(Timeline timeline, FollowUpOptions options) {
    List<RoundTrip> roundTrips = timeline.roundTrips();
    if (!options.location()
        || roundTrips.isEmpty()
        || !isRedirect(roundTrips.get(roundTrips.size() - 1))) {
      return null;
    }
    String message = "redirected more often than --max-redirs allows: " + options.maxRedirects();
    return new Failure(ExitCode.REDIRECTS, null, message);
  }

  private static boolean isRedirect(RoundTrip roundTrip) {
    Map<String, List<String>> headers = roundTrip.responseHeaders(Redaction.NONE);
    return headers != null
        && headers.keySet().stream().anyMatch("Location"::equalsIgnoreCase)
        && switch (roundTrip.status().orElse(0)) {
          case 301, 302, 303, 307, 308 -> true;
          default -> false;
        };
  }
}
