package io.httptrace.armeria;

import com.linecorp.armeria.client.ResponseCancellationException;
import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.stream.CancelledSubscriptionException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import io.httptrace.conformance.error.ErrorClassifier;
import io.httptrace.conformance.error.ErrorSite;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The exceptions of Armeria, in the words of the recordings. */
final class ArmeriaTestErrors {
  static final ErrorClassifier CLASSIFIER = (error, context) -> word(error, context.site());

  private ArmeriaTestErrors() {}

  private static Optional<String> word(Throwable error, ErrorSite site) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      String word = wordFor(e, site);
      if (word != null) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  private static @Nullable String wordFor(Throwable e, ErrorSite site) {
    if (e instanceof ResponseTimeoutException
        && (site == ErrorSite.REQUEST || site == ErrorSite.BODY)) {
      return "timeout";
    }
    if (e instanceof ConnectTimeoutException) {
      return "connect-timeout";
    }
    if (e instanceof ResponseCancellationException
        || e instanceof AbortedStreamException
        || e instanceof CancelledSubscriptionException) {
      return "canceled";
    }
    if (e instanceof ProxyConnectException) {
      int status = ProxyTunnelHandler.status(e);
      return status < 0 ? null : "proxy-connect-" + status;
    }
    if (e instanceof ClosedSessionException) {
      return e.getCause() == null ? "eof" : null;
    }
    return e instanceof ClosedStreamException ? "stream-reset" : null;
  }
}
