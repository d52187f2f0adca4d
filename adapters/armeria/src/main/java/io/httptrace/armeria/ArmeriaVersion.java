package io.httptrace.armeria;

import com.linecorp.armeria.common.util.Version;

/** The version of Armeria that is there at run time. */
final class ArmeriaVersion {
  private static final String BROUGHT = "com.linecorp.armeria.common.logging.RequestLogListener";

  private ArmeriaVersion() {}

  /**
   * Checks that Armeria has what 1.35 has brought.
   *
   * @throws IllegalStateException if it is older
   */
  static void check() {
    try {
      Class.forName(BROUGHT, false, Version.class.getClassLoader());
    } catch (ClassNotFoundException older) {
      throw new IllegalStateException(
          "httptrace needs Armeria 1.35 or newer, and this is " + version(), older);
    }
  }

  private static String version() {
    String version = Version.get("armeria").artifactVersion();
    return version.equals("unknown") ? "older" : version;
  }
}
