package io.httptrace.conformance.error;

import java.util.Optional;

/**
 * Maps an exception to the word for it in event strings: {@code refused}, {@code connect-timeout},
 * {@code timeout}, {@code canceled}, {@code eof}, {@code reset}, {@code broken-pipe}, {@code
 * conn-broken}, {@code body-error}, {@code hook-error}, {@code dns-not-found}, {@code
 * dns-server-failure}, {@code dns-timeout}, {@code tls-timeout}, {@code tls-unknown-ca}, {@code
 * tls-bad-name}, {@code tls-expired}, {@code tls-alert}, {@code tls-other}, {@code too-many-1xx},
 * {@code header-too-large}, {@code malformed-response}, {@code too-many-idle-host}, {@code
 * idle-closed}.
 */
@FunctionalInterface
public interface ErrorClassifier {
  /**
   * Classifies an error.
   *
   * @param error the error, as it was reported
   * @param context where it was reported, and what else is known
   * @return the word, or empty if this classifier does not know the error
   */
  Optional<String> classify(Throwable error, Context context);

  /**
   * {@return a classifier that tries this one first}
   *
   * @param other the one to try if this one does not know the error
   */
  default ErrorClassifier orElse(ErrorClassifier other) {
    return (error, context) -> classify(error, context).or(() -> other.classify(error, context));
  }

  /** {@return the classifier for the exceptions of the JDK and of this kit} */
  static ErrorClassifier standard() {
    return StandardErrors.INSTANCE;
  }

  /**
   * The context of an error.
   *
   * @param site where it was reported
   * @param deadline whether the caller set a time limit for the request
   * @param reported what the hooks of the request have reported so far
   */
  record Context(ErrorSite site, boolean deadline, Reported reported) {}

  /** What the hooks of one request have reported. */
  @FunctionalInterface
  interface Reported {
    /**
     * {@return the word with which a hook of the same request has reported this exception}
     *
     * @param error the exception; it is compared by identity
     */
    Optional<String> wordFor(Throwable error);
  }
}
