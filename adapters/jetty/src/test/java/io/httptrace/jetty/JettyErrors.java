package io.httptrace.jetty;

import io.httptrace.conformance.error.ErrorClassifier;
import io.httptrace.conformance.error.ErrorSite;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** The exceptions of Jetty. It has few types: often only its messages help. */
final class JettyErrors {
  static final ErrorClassifier CLASSIFIER =
      (error, context) -> isTimeLimit(error, context) ? Optional.of("timeout") : word(error);

  /** HTTP/2's names of errors, which are all that the exception of a reset stream says. */
  private static final Pattern RESET =
      Pattern.compile("([a-z_]+_error|cancel|refused_stream|enhance_your_calm|reset_code_.*)");

  private JettyErrors() {}

  /** The same exception ends what is going on, where it has another word. */
  private static boolean isTimeLimit(Throwable error, ErrorClassifier.Context context) {
    if (context.site() != ErrorSite.REQUEST && context.site() != ErrorSite.BODY) {
      return false;
    }
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (String.valueOf(e.getMessage()).startsWith("Total timeout")) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> word(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      String word = wordFor(e, String.valueOf(e.getMessage()));
      if (word != null) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  private static @Nullable String wordFor(Throwable e, String message) {
    if (e instanceof HttpException) {
      return message.toLowerCase(Locale.ROOT).contains("too large")
          ? "header-too-large"
          : "malformed-response";
    }
    if (e instanceof HttpResponseException refused && message.startsWith("Unexpected ")) {
      return "proxy-connect-" + refused.getResponse().getStatus();
    }
    if (e instanceof SSLHandshakeException
        && (message.startsWith("Abruptly closed") || message.startsWith("Closed during"))) {
      return "eof";
    }
    if (e.getClass() == IOException.class && RESET.matcher(message).matches()) {
      return "stream-reset";
    }
    // The exception around this one is an EOFException.
    return e instanceof IOException && message.equals("Broken pipe") ? "broken-pipe" : null;
  }
}
