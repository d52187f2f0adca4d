package io.httptrace.client.auth;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The schemes that are not used for proxies, by the JDK's properties for them: system properties,
 * or those in the JDK's {@code net.properties}.
 */
final class DisabledSchemes {
  /** For requests that a proxy reads. */
  static final String PROXYING = "jdk.http.auth.proxying.disabledSchemes";

  /** For the request for a tunnel. */
  static final String TUNNELING = "jdk.http.auth.tunneling.disabledSchemes";

  private static final Properties INSTALLED = installed();

  private DisabledSchemes() {}

  /** By default the JDK does not use Basic for a tunnel to a secure target. */
  private static Properties installed() {
    Properties defaults = new Properties();
    defaults.setProperty(PROXYING, "");
    defaults.setProperty(TUNNELING, "Basic");
    Properties properties = new Properties(defaults);
    Path file = Path.of(System.getProperty("java.home"), "conf", "net.properties");
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      properties.load(reader);
    } catch (IOException | RuntimeException unreadable) {
      return defaults;
    }
    return properties;
  }

  /**
   * {@return the schemes, in lower case}
   *
   * @param tunnel whether for a tunnel
   */
  static Set<String> of(boolean tunnel) {
    String name = tunnel ? TUNNELING : PROXYING;
    String value = System.getProperty(name, INSTALLED.getProperty(name));
    return Arrays.stream(value.split(",", -1))
        .map(scheme -> scheme.trim().toLowerCase(Locale.ROOT))
        .filter(scheme -> !scheme.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
