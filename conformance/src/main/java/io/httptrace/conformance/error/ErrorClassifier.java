package io.httptrace.conformance.error;

import java.util.Optional;

/**
 * Gives an exception the word that stands for it in event strings: {@code refused}, {@code
 * connect-timeout}, {@code timeout}, {@code canceled}, {@code eof}, {@code reset}, {@code
 * broken-pipe}, {@code conn-broken}, {@code body-error}, {@code hook-error}, {@code dns-not-found},
 * {@code dns-server-failure}, {@code dns-timeout}, {@code tls-timeout}, {@code tls-unknown-ca},
 * {@code tls-bad-name}, {@code tls-expired}, {@code tls-alert}, {@code tls-other}, {@code
 * too-many-1xx}, {@code header-too-large}, {@code malformed-response}, {@code too-many-idle-host},
 * {@code idle-closed}.
 */
@FunctionalInterface
public interface ErrorClassifier {
  /**
   * Classifies an error.
   *
   * @param error the error, as it was reported
   * @param context where, and what is known besides
   * @return the word, or empty if this classifier does not know the error
   */
  Optional<String> classify(Throwable error, Context context);

  /**
   * {@return a classifier that asks this one first}
   *
   * @param other whom to ask if this one does not know
   */
  default ErrorClassifier orElse(ErrorClassifier other) {
    return (error, context) -> classify(error, context).or(() -> other.classify(error, context));
  }

  /** {@return the classifier for the exceptions of the JDK and of this kit} */
  static ErrorClassifier standard() {
    return StandardErrors.INSTANCE;
  }

  /**
   * What is known about an error besides itself.
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
     * {@return the word under which a hook of the same request has reported this very exception}
     *
     * @param error the exception; it is compared by identity
     */
    Optional<String> wordFor(Throwable error);
  }
}
