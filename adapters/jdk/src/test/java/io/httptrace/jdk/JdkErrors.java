package io.httptrace.jdk;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the JDK's client means by errors that have no type of their own. */
final class JdkErrors {
  private static final Pattern TUNNEL = Pattern.compile("Tunnel failed, got: (\\d+)");
  private static final Pattern RESET = Pattern.compile("(Received )?RST_STREAM.*");

  private JdkErrors() {}

  /** {@return the word of the first error in the chain of causes that has one} */
  static Optional<String> word(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      String message = String.valueOf(e.getMessage());
      Matcher tunnel = TUNNEL.matcher(message);
      if (tunnel.matches()) {
        return Optional.of("proxy-connect-" + tunnel.group(1));
      }
      if (RESET.matcher(message).matches()) {
        return Optional.of("stream-reset");
      }
    }
    return Optional.empty();
  }
}
