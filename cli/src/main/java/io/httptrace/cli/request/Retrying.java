package io.httptrace.cli.request;

import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.RetryOptions;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request is made once more, and when, by curl's rules. For one thread.
 *
 * <p>What passes: a time limit that ran out, a name that was not found, and the statuses 408, 429,
 * 500, 502, 503 and 504. The first pause is a second, each is twice as long as the one before, and
 * none is longer than ten minutes. A {@code Retry-After} (RFC 9110, section 10.2.3) counts instead.
 */
public final class Retrying {
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /** A server may ask for any pause: as many seconds as a number of nine digits has. */
  private static final Duration LONGEST = Duration.ofSeconds(999_999_999);

  private final RetryOptions options;
  private final Instant start;
  private int left;
  private Duration next;

  /**
   * Makes one for a transfer.
   *
   * @param options how often, and when
   * @param start when it begins
   */
  public Retrying(RetryOptions options, Instant start) {
    this.options = options;
    this.start = start;
    this.left = options.count();
    this.next = options.delay() == null ? FIRST_PAUSE : options.delay();
  }

  /**
   * Another attempt.
   *
   * @param pause how long to wait before it
   * @param reason why it is made, for people
   * @param left how many more there can be after it
   */
  public record Attempt(Duration pause, String reason, int left) {}

  /**
   * {@return the next attempt, or null if there is none}
   *
   * @param exitCode how the last one ended
   * @param result what has happened in it
   * @param now when it ended
   */
  public @Nullable Attempt after(ExitCode exitCode, RunRequest.Result result, Instant now) {
    Duration limit = options.maxTime();
    Duration elapsed = Duration.between(start, now);
    if (left == 0 || (limit != null && elapsed.compareTo(limit) >= 0)) {
      return null;
    }
    String reason = reason(exitCode, result);
    if (reason == null) {
      return null;
    }
    Duration asked = isAboutStatus(exitCode) ? retryAfter(result.timeline(), now) : null;
    if (asked != null && limit != null && elapsed.plus(asked).compareTo(limit) > 0) {
      return null;
    }
    Attempt attempt = new Attempt(asked == null ? next : asked, reason, --left);
    if (options.delay() == null) {
      Duration twice = next.multipliedBy(2);
      next = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
    return attempt;
  }

  private @Nullable String reason(ExitCode exitCode, RunRequest.Result result) {
    if (exitCode == ExitCode.TIMEOUT) {
      return "a time limit ran out";
    }
    if (exitCode == ExitCode.DNS || exitCode == ExitCode.PROXY_DNS) {
      return "the name was not found";
    }
    if (exitCode == ExitCode.CONNECT && options.refused() && isRefused(result.error())) {
      return "the connection was refused";
    }
    int status = status(result.timeline());
    if (isAboutStatus(exitCode) && PASSING.contains(status)) {
      return "status " + status;
    }
    return exitCode != ExitCode.OK && options.allErrors() ? "it failed" : null;
  }

  private static boolean isAboutStatus(ExitCode exitCode) {
    return exitCode == ExitCode.OK || exitCode == ExitCode.HTTP_STATUS;
  }

  private static boolean isRefused(@Nullable Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
  }

  private static int status(Timeline timeline) {
    List<RoundTrip> all = timeline.roundTrips();
    return all.isEmpty() ? 0 : all.get(all.size() - 1).status().orElse(0);
  }

  /** As with curl, zero counts as no field. */
  private static @Nullable Duration retryAfter(Timeline timeline, Instant now) {
    List<RoundTrip> all = timeline.roundTrips();
    Map<String, List<String>> fields =
        all.isEmpty() ? null : all.get(all.size() - 1).responseHeaders(Redaction.NONE);
    if (fields == null) {
      return null;
    }
    for (Map.Entry<String, List<String>> field : fields.entrySet()) {
      if (field.getKey().equalsIgnoreCase("Retry-After")) {
        Duration time = time(field.getValue().get(0).strip(), now);
        if (time == null || time.isZero() || time.isNegative()) {
          return null;
        }
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
      }
    }
    return null;
  }

  private static @Nullable Duration time(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      return Duration.between(
          now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
