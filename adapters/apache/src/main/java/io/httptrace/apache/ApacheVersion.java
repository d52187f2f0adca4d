package io.httptrace.apache;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.util.VersionInfo;

/** The version of HttpClient that is there at run time. */
final class ApacheVersion {
  private ApacheVersion() {}

  /**
   * Checks that HttpClient has what 5.5 has brought.
   *
   * @throws IllegalStateException if it is older
   */
  static void check() {
    try {
      DnsResolver.class.getMethod("resolve", String.class, int.class);
    } catch (NoSuchMethodException older) {
      throw new IllegalStateException(
          "httptrace needs Apache HttpClient 5.5 or newer, and this is " + version(), older);
    }
  }

  private static String version() {
    VersionInfo info =
        VersionInfo.loadVersionInfo("org.apache.hc.client5", DnsResolver.class.getClassLoader());
    return info == null ? "older" : info.getRelease();
  }
}
