package io.httptrace.okhttp;

import io.httptrace.conformance.error.ErrorClassifier;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The exceptions of OkHttp. It has few types: only its messages help. */
final class OkHttpErrors {
  static final ErrorClassifier CLASSIFIER = (error, context) -> word(error);

  private static final Pattern REFUSED =
      Pattern.compile("Unexpected response code for CONNECT: (\\d+)");

  private OkHttpErrors() {}

  private static Optional<String> word(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof SocketTimeoutException) {
        return Optional.empty(); // a standard one, though its cause may be a socket that was closed
      }
      String word = wordFor(e);
      if (word != null) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  private static @Nullable String wordFor(Throwable e) {
    String message = String.valueOf(e.getMessage());
    if (e.getClass() == InterruptedIOException.class && message.equals("timeout")) {
      return "timeout";
    }
    if (message.equals("Canceled") || message.equals("canceled")) {
      return "canceled";
    }
    if (e instanceof SocketException && message.equals("Socket closed")) {
      return "canceled";
    }
    if (e.getClass().getSimpleName().equals("StreamResetException")) {
      return message.contains("CANCEL") ? "canceled" : "stream-reset";
    }
    if (message.startsWith("unexpected end of stream")) {
      return "eof";
    }
    if (message.equals("Failed to authenticate with proxy")) {
      return "proxy-connect-407";
    }
    Matcher refused = REFUSED.matcher(message);
    return refused.matches() ? "proxy-connect-" + refused.group(1) : null;
  }
}
