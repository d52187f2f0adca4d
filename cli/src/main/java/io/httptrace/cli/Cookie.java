package io.httptrace.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cookie that is kept (RFC 6265, section 5.3).
 *
 * @param name its name
 * @param value its value
 * @param scope where it goes
 * @param httpOnly whether scripts are not to see it
 * @param expires when it ends; null if it does so with the session
 */
record Cookie(
    String name, String value, CookieScope scope, boolean httpOnly, @Nullable Instant expires) {

  /**
   * {@return whether it is over}
   *
   * @param now the time
   */
  boolean isOver(Instant now) {
    return expires != null && !expires.isAfter(now);
  }

  /**
   * {@return whether it takes the place of another one}
   *
   * @param other the other one
   */
  boolean replaces(Cookie other) {
    return name.equals(other.name)
        && scope.domain().equals(other.scope.domain())
        && scope.path().equals(other.scope.path());
  }
}
