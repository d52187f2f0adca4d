package io.httptrace.cli.failure;

import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.timeline.PhaseKind;
import java.io.EOFException;
import java.net.SocketException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why there was no whole response: by the error, where the phase alone does not say it. */
final class ResponseFailures {
  private ResponseFailures() {}

  /**
   * {@return the exit code, or null if it is that of the phase}
   *
   * @param error the error of the request
   * @param phase the phase in which it failed; null if it was in none
   * @param answered whether the head of the response had come
   */
  static @Nullable ExitCode exitCode(Throwable error, @Nullable PhaseKind phase, boolean answered) {
    if (phase == null || phase.compareTo(PhaseKind.REQUEST) < 0) {
      return null;
    }
    Optional<ResponseException> response = find(error, ResponseException.class);
    if (response.isPresent()) {
      return switch (response.get().reason()) {
        case NOT_HTTP -> ExitCode.NOT_HTTP;
        case MALFORMED -> answered ? ExitCode.RESPONSE : ExitCode.WEIRD_REPLY;
        case BAD_CONTENT_CODING -> ExitCode.BAD_CODING;
        case HEADER_TOO_LARGE, TOO_MANY_INFORMATIONAL -> ExitCode.RESPONSE;
      };
    }
    Optional<Http2Exception> http2 = find(error, Http2Exception.class);
    if (http2.isPresent()) {
      return switch (http2.get().reason()) {
        case STREAM_RESET, STREAM_ERROR -> ExitCode.HTTP2_STREAM;
        // Without an answer curl only says that there is none.
        case GOING_AWAY, CONNECTION_ERROR, PING_TIMEOUT, NO_STREAM ->
            answered ? ExitCode.HTTP2 : null;
      };
    }
    if (phase == PhaseKind.REQUEST) {
      return null;
    }
    if (find(error, SocketException.class).isPresent()) {
      return ExitCode.RESPONSE;
    }
    return answered && find(error, EOFException.class).isPresent() ? ExitCode.TRUNCATED : null;
  }

  private static <T> Optional<T> find(Throwable error, Class<T> type) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }
}
