package io.httptrace.apache;

import io.httptrace.conformance.error.ErrorClassifier;
import io.httptrace.conformance.error.ErrorSite;
import java.net.SocketException;
import java.util.Optional;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ParseException;
import org.jspecify.annotations.Nullable;

/** The exceptions of HttpClient. */
final class ApacheErrors {
  static final ErrorClassifier CLASSIFIER = (error, context) -> word(error, context.site());

  private ApacheErrors() {}

  private static Optional<String> word(Throwable error, ErrorSite site) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof ConnectTimeoutException) {
        return site == ErrorSite.REQUEST ? Optional.of(connecting(e)) : Optional.empty();
      }
      String word = wordFor(e);
      if (word != null) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  /** It has one type for both: only the message of its cause helps. */
  private static String connecting(Throwable e) {
    return String.valueOf(e.getMessage()).contains("Read timed out")
        ? "tls-timeout"
        : "connect-timeout";
  }

  private static @Nullable String wordFor(Throwable e) {
    if (e instanceof ParseException) {
      return "malformed-response";
    }
    if (e instanceof NoHttpResponseException || e instanceof ConnectionClosedException) {
      return "eof";
    }
    boolean closed = e instanceof SocketException && "Socket closed".equals(e.getMessage());
    return closed || e instanceof RequestFailedException ? "canceled" : null;
  }
}
