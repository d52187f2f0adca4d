package io.httptrace.jetty;

import java.util.Map;
import org.eclipse.jetty.util.Jetty;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/** The version of Jetty that is there at run time. */
final class JettyVersion {
  private JettyVersion() {}

  /**
   * Checks that Jetty has what 12.1 has brought.
   *
   * @throws IllegalStateException if it is older
   */
  static void check() {
    try {
      SocketAddressResolver.class.getMethod(
          "resolve", String.class, int.class, Map.class, Promise.class);
    } catch (NoSuchMethodException older) {
      throw new IllegalStateException(
          "httptrace needs Jetty 12.1 or newer, and this is " + Jetty.VERSION, older);
    }
  }
}
