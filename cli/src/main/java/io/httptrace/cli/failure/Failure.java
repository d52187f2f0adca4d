package io.httptrace.cli.failure;

import io.httptrace.RoundTripOutcome;
import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.errors.TlsException;
import io.httptrace.render.text.Printable;
import io.httptrace.render.text.Quantities;
import io.httptrace.render.text.Reasons;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed, for the user.
 *
 * @param exitCode the exit code of the command
 * @param phase the phase in which it failed; null if it was in none
 * @param message one line, masked
 */
public record Failure(ExitCode exitCode, @Nullable PhaseKind phase, String message) {

  /**
   * {@return the failure of a request}
   *
   * @param error the error of the request
   * @param timeline what happened until then
   * @param redaction whether secrets are masked
   */
  public static Failure ofRequest(Throwable error, Timeline timeline, Redaction redaction) {
    List<RoundTrip> roundTrips = timeline.roundTrips();
    boolean interrupted = error instanceof InterruptedRunException;
    if (interrupted && roundTrips.isEmpty()) {
      return new Failure(ExitCode.INTERRUPTED, null, "interrupted before the request");
    }
    if (roundTrips.isEmpty()) {
      return new Failure(
          ExitCode.INTERNAL, null, Printable.text(redaction.text(Reasons.of(error))));
    }
    RoundTrip roundTrip = roundTrips.get(roundTrips.size() - 1);
    Phase phase = roundTrip.failedPhase();
    PhaseKind kind = phase == null ? null : phase.kind();
    boolean timedOut = roundTrip.outcome() == RoundTripOutcome.TIMED_OUT || isTimeout(error);
    Phase last = roundTrip.failedAfter();
    String where =
        kind != null
            ? kind.label()
            : last == null ? "the request" : "the request, past " + last.kind().label() + ",";
    if (interrupted) {
      String message = where + " interrupted after " + Quantities.time(roundTrip.end());
      return new Failure(ExitCode.INTERRUPTED, kind, message);
    }
    String message =
        where
            + (timedOut ? " timed out" : " failed")
            + " after "
            + Quantities.time(roundTrip.end())
            + ": "
            + Printable.text(redaction.text(Reasons.of(error, where)));
    return new Failure(
        timedOut ? ExitCode.TIMEOUT : exitCode(error, kind, roundTrip), kind, message);
  }

  /**
   * {@return the failure of a request whose status is not wanted; null if it is}
   *
   * @param timeline what happened
   */
  public static @Nullable Failure ofStatus(Timeline timeline) {
    List<RoundTrip> roundTrips = timeline.roundTrips();
    int status =
        roundTrips.isEmpty() ? 0 : roundTrips.get(roundTrips.size() - 1).status().orElse(0);
    return ofStatus(status);
  }

  /**
   * {@return the failure of a request whose status is not wanted; null if it is}
   *
   * @param status the status; 0 if there is none
   */
  public static @Nullable Failure ofStatus(int status) {
    return status < 400
        ? null
        : new Failure(ExitCode.HTTP_STATUS, null, "the status of the response is " + status);
  }

  /**
   * {@return the failure of one of many requests, of which there is no timeline} Its message does
   * not say when, so that those of the same kind are alike.
   *
   * @param error the error of the request
   * @param phase the phase in which it failed, or null
   * @param answered whether the head of a response had come
   * @param redaction whether secrets are masked
   */
  public static Failure ofOneOfMany(
      Throwable error, @Nullable PhaseKind phase, boolean answered, Redaction redaction) {
    String where = phase == null ? "the request" : phase.label();
    boolean timedOut = isTimeout(error);
    String message =
        where
            + (timedOut ? " timed out: " : " failed: ")
            + Printable.text(redaction.text(Reasons.of(error, where)));
    return new Failure(
        timedOut ? ExitCode.TIMEOUT : exitCode(error, phase, answered), phase, message);
  }

  private static ExitCode exitCode(Throwable error, @Nullable PhaseKind phase, boolean answered) {
    if (isAboutCertificate(error)) {
      return ExitCode.CERTIFICATE;
    }
    if (phase == null) {
      return answered ? ExitCode.RESPONSE : ExitCode.CONNECT;
    }
    if (phase == PhaseKind.PROXY_CONNECT && isAnswerToConnect(error)) {
      return ExitCode.RESPONSE;
    }
    ExitCode ofResponse = ResponseFailures.exitCode(error, phase, answered);
    return ofResponse == null ? ExitCode.ofPhase(phase) : ofResponse;
  }

  /**
   * {@return the failure to write the body}
   *
   * @param error why it could not be written
   * @param name the argument of {@code -o}
   */
  public static Failure ofBody(IOException error, String name) {
    String message = "-o: cannot write '" + name + "': " + Reasons.of(error);
    return new Failure(ExitCode.WRITE_ERROR, null, Printable.text(message));
  }

  /**
   * {@return the member {@code failure} of the JSON}
   *
   * @param failure why the command fails; null if it does not
   */
  public static Map<String, @Nullable Object> member(@Nullable Failure failure) {
    return Collections.singletonMap("failure", failure == null ? null : failure.members());
  }

  private Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("exitCode", exitCode.number());
    members.put("phase", phase == null ? null : phase.label());
    members.put("message", message);
    return members;
  }

  /** {@return what the user can do about it, in one line, or null} */
  public @Nullable String hint() {
    return exitCode == ExitCode.CERTIFICATE
        ? "--cacert FILE trusts the certificates of a file; -k accepts any certificate"
        : null;
  }

  private static ExitCode exitCode(Throwable error, @Nullable PhaseKind kind, RoundTrip roundTrip) {
    if (isAboutCertificate(error)) {
      return ExitCode.CERTIFICATE;
    }
    if (kind == PhaseKind.DNS && roundTrip.proxy() != null) {
      return ExitCode.PROXY_DNS;
    }
    if (kind == PhaseKind.PROXY_CONNECT && isAnswerToConnect(error)) {
      return ExitCode.RESPONSE;
    }
    ExitCode ofResponse = ResponseFailures.exitCode(error, kind, roundTrip.status().isPresent());
    if (ofResponse != null) {
      return ofResponse;
    }
    if (kind != null) {
      return ExitCode.ofPhase(kind);
    }
    if (roundTrip.connection() == null) {
      return ExitCode.CONNECT;
    }
    return roundTrip.status().isPresent() ? ExitCode.RESPONSE : ExitCode.WAIT;
  }

  private static boolean isAnswerToConnect(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProxyException proxy) {
        return proxy.status().isPresent();
      }
    }
    return false;
  }

  private static boolean isTimeout(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpTimeoutException
          || cause instanceof SocketTimeoutException
          || (cause instanceof TlsException tls && tls.reason() == TlsException.Reason.TIMEOUT)
          || (cause instanceof ProxyException p && p.reason() == ProxyException.Reason.TIMEOUT)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAboutCertificate(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof TlsException tls) {
        return switch (tls.reason()) {
          case UNKNOWN_AUTHORITY, WRONG_NAME, EXPIRED -> true;
          default -> false;
        };
      }
    }
    return false;
  }
}
