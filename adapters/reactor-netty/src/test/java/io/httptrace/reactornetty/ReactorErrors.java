package io.httptrace.reactornetty;

import io.httptrace.conformance.error.ErrorClassifier;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.proxy.ProxyConnectException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;

/** The exceptions of Reactor Netty and Netty. */
final class ReactorErrors {
  static final ErrorClassifier CLASSIFIER = (error, context) -> word(error);

  private static final Pattern REFUSED = Pattern.compile("status: (\\d+)");

  private ReactorErrors() {}

  private static Optional<String> word(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      String word = wordFor(e);
      if (word != null) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  private static @Nullable String wordFor(Throwable e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof TooLongHttpHeaderException) {
      return "header-too-large";
    }
    if (e instanceof AbortedException) {
      return "conn-broken";
    }
    if (e instanceof PrematureCloseException) {
      return message.contains("while sending request body") ? "conn-broken" : "eof";
    }
    if (e instanceof ProxyConnectException) {
      Matcher refused = REFUSED.matcher(message);
      return refused.find() ? "proxy-connect-" + refused.group(1) : null;
    }
    if (e instanceof IllegalArgumentException && message.startsWith("invalid version format")) {
      return "malformed-response";
    }
    return null;
  }
}
