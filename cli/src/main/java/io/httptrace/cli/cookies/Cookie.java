package io.httptrace.cli.cookies;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cookie that is kept (RFC 6265, section 5.3).
 *
 * @param name its name
 * @param value its value
 * @param scope where it goes
 * @param httpOnly whether it is hidden from scripts
 * @param expires when it expires; null at the end of the session
 */
public record Cookie(
    String name, String value, CookieScope scope, boolean httpOnly, @Nullable Instant expires) {

  /**
   * {@return whether it has expired}
   *
   * @param now the time
   */
  boolean isOver(Instant now) {
    return expires != null && !expires.isAfter(now);
  }

  /**
   * {@return whether it replaces another one}
   *
   * @param other the other one
   */
  boolean replaces(Cookie other) {
    return name.equals(other.name)
        && scope.domain().equals(other.scope.domain())
        && scope.path().equals(other.scope.path());
  }
}
