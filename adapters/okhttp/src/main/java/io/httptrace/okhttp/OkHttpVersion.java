package io.httptrace.okhttp;

import okhttp3.Call;
import okhttp3.EventListener;

/** The version of OkHttp that is there at run time. */
final class OkHttpVersion {
  private OkHttpVersion() {}

  /**
   * Checks that OkHttp has what 5.4 has brought.
   *
   * @throws IllegalStateException if it is older
   */
  static void check() {
    try {
      Call.class.getMethod("addEventListener", EventListener.class);
    } catch (NoSuchMethodException older) {
      throw new IllegalStateException(
          "httptrace needs OkHttp 5.4 or newer, and this is " + version(), older);
    }
  }

  private static String version() {
    try {
      // By reflection, because the compiler would put the value it sees into this class.
      return String.valueOf(
          Class.forName("okhttp3.OkHttp", true, Call.class.getClassLoader())
              .getField("VERSION")
              .get(null));
    } catch (ReflectiveOperationException none) {
      return "older than 4.7";
    }
  }
}
