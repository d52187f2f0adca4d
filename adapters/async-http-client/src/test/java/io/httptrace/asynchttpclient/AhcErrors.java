package io.httptrace.asynchttpclient;

import io.httptrace.conformance.error.ErrorClassifier;
import io.httptrace.conformance.error.ErrorSite;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.TooLongFrameException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.asynchttpclient.exception.RemotelyClosedException;
import org.jspecify.annotations.Nullable;

/** The exceptions of AsyncHttpClient and Netty. */
final class AhcErrors {
  static final ErrorClassifier CLASSIFIER = AhcErrors::word;

  private AhcErrors() {}

  private static Optional<String> word(Throwable error, ErrorClassifier.Context context) {
    boolean ofCall = context.site() == ErrorSite.REQUEST || context.site() == ErrorSite.BODY;
    for (Throwable e = error; e != null && ofCall && context.deadline(); e = e.getCause()) {
      if (e instanceof TimeoutException) {
        return Optional.of("timeout");
      }
    }
    for (Throwable e = error; e != null; e = e.getCause()) {
      String word = wordFor(e, context);
      if (word != null) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  private static @Nullable String wordFor(Throwable e, ErrorClassifier.Context context) {
    Optional<String> reported = context.reported().wordFor(e);
    if (reported.isPresent()) {
      return reported.get();
    }
    String message = String.valueOf(e.getMessage());
    if (e instanceof RemotelyClosedException) {
      return "eof";
    }
    if (e instanceof ConnectTimeoutException) {
      return context.site() == ErrorSite.REQUEST ? "connect-timeout" : null;
    }
    if (e instanceof TimeoutException && context.site() == ErrorSite.REQUEST) {
      return "timeout";
    }
    if (e instanceof TooLongFrameException) {
      return "header-too-large";
    }
    if (e instanceof IllegalArgumentException && message.startsWith("invalid version format")) {
      return "malformed-response";
    }
    return message.startsWith("HTTP/2 stream reset") ? "stream-reset" : null;
  }
}
