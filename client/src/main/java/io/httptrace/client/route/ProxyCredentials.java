package io.httptrace.client.route;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Credentials for a proxy. They are equal if user and password are, whatever the field: a Digest
 * field is valid only once. {@code toString} does not show them.
 *
 * @param user the user; empty if only the field is known
 * @param password the password; empty if only the field is known
 * @param field the value of {@code Proxy-Authorization} (RFC 9110, section 11.7.2)
 */
public record ProxyCredentials(String user, String password, String field) {

  /**
   * {@return a user with a password, for HTTP by the Basic scheme (RFC 7617, in UTF-8)}
   *
   * @param user the user
   * @param password the password
   */
  public static ProxyCredentials of(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new ProxyCredentials(
        user, password, "Basic " + Base64.getEncoder().encodeToString(both));
  }

  /**
   * {@return credentials that the caller has set in a request}
   *
   * @param field the value of {@code Proxy-Authorization}
   */
  public static ProxyCredentials written(String field) {
    return new ProxyCredentials("", "", field);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProxyCredentials that
        && user.equals(that.user)
        && password.equals(that.password)
        && (isKnown() || field.equals(that.field));
  }

  private boolean isKnown() {
    return !user.isEmpty() || !password.isEmpty();
  }

  @Override
  public int hashCode() {
    return isKnown() ? user.hashCode() : field.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
