package io.httptrace.client.auth;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A challenge of a server or proxy (RFC 9110, section 11.3).
 *
 * @param scheme the scheme, in lower case
 * @param parameters its parameters by name in lower case, unquoted
 */
record Challenge(String scheme, Map<String, String> parameters) {

  /** {@return the challenges in the values of a field} Malformed ones are left out. */
  static List<Challenge> parse(List<String> values) {
    return values.stream().flatMap(value -> new ChallengeParser(value).parse().stream()).toList();
  }

  @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  /** {@return whether a parameter has a value, ignoring case} */
  boolean has(String name, String value) {
    return value.equalsIgnoreCase(parameters.get(name));
  }
}
