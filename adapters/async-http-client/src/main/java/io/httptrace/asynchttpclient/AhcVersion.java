package io.httptrace.asynchttpclient;

import java.time.Duration;
import org.asynchttpclient.AsyncHttpClientConfig;

/** The version of AsyncHttpClient that is there at run time. */
final class AhcVersion {
  private AhcVersion() {}

  /**
   * Checks that AsyncHttpClient is of the third generation.
   *
   * @throws IllegalStateException if it is older
   */
  static void check() {
    boolean third;
    try {
      third =
          AsyncHttpClientConfig.class.getMethod("getConnectTimeout").getReturnType()
              == Duration.class;
    } catch (NoSuchMethodException other) {
      third = false;
    }
    if (!third) {
      throw new IllegalStateException(
          "httptrace needs AsyncHttpClient 3.0 or newer, and this is " + version());
    }
  }

  private static String version() {
    try {
      return String.valueOf(
          Class.forName(
                  "org.asynchttpclient.config.AsyncHttpClientConfigDefaults",
                  true,
                  AsyncHttpClientConfig.class.getClassLoader())
              .getField("AHC_VERSION")
              .get(null));
    } catch (ReflectiveOperationException none) {
      return "older";
    }
  }
}
