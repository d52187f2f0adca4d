package io.httptrace.render;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The name of a subject or an issuer of certificates.
 *
 * @param text the whole name (RFC 2253)
 * @param attributes its attributes by their types, in capitals; of several of a type the most
 *     specific one
 */
record DistinguishedName(String text, Map<String, String> attributes) {

  static DistinguishedName of(X500Principal principal) {
    String text = principal.getName();
    Map<String, String> attributes = new LinkedHashMap<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      if (c == '\\') {
        i++; // what follows separates nothing
      } else if (c == ',' || c == '+') {
        add(attributes, text.substring(start, Math.min(i, text.length())));
        start = i + 1;
      }
    }
    return new DistinguishedName(text, attributes);
  }

  private static void add(Map<String, String> attributes, String attribute) {
    int equals = attribute.indexOf('=');
    if (equals > 0) {
      attributes.putIfAbsent(
          attribute.substring(0, equals).strip().toUpperCase(Locale.ROOT),
          attribute.substring(equals + 1).replaceAll("\\\\(.)", "$1"));
    }
  }

  @Nullable String commonName() {
    return attributes.get("CN");
  }

  @Nullable String organization() {
    return attributes.get("O");
  }

  /**
   * {@return what people call it: the common name, with the organization if that adds something}
   */
  String label() {
    String name = commonName();
    String organization = organization();
    if (name == null) {
      return organization == null ? text : organization;
    }
    return organization == null || startsAlike(name, organization)
        ? name
        : name + " (" + organization + ")";
  }

  /** {@return whether the first word of the organization is in the name already} */
  private static boolean startsAlike(String name, String organization) {
    String first = organization.split("[ ,]", 2)[0].toLowerCase(Locale.ROOT);
    return name.toLowerCase(Locale.ROOT).contains(first);
  }
}
