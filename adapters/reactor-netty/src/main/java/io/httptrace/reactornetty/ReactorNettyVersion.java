package io.httptrace.reactornetty;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientConfig;

/** The version of Reactor Netty that is there at run time. */
final class ReactorNettyVersion {
  private ReactorNettyVersion() {}

  /**
   * Checks that Reactor Netty has what 1.2 has brought.
   *
   * @throws IllegalStateException if it is older
   */
  static void check() {
    check(HttpClientConfig.class);
  }

  /** Checks a class that should be the one that 1.2 has. */
  static void check(Class<?> config) {
    try {
      config.getMethod("http3SettingsSpec");
    } catch (NoSuchMethodException older) {
      throw new IllegalStateException(
          "httptrace needs Reactor Netty 1.2 or newer, and this is " + version(), older);
    }
  }

  /** {@return the version, as the jar's manifest has it, such as {@code 1.2.12}} */
  static String version() {
    Package known = HttpClientConfig.class.getPackage();
    String version = known == null ? null : known.getImplementationVersion();
    if (version == null) {
      version = fromManifest();
    }
    return version == null ? "older" : version.replace(".RELEASE", "");
  }

  private static @Nullable String fromManifest() {
    URL self =
        HttpClientConfig.class.getResource(HttpClientConfig.class.getSimpleName() + ".class");
    if (self == null) {
      return null;
    }
    String place = self.toString();
    int end = place.lastIndexOf('!');
    if (end < 0) {
      return null;
    }
    try (InputStream file =
        new URL(place.substring(0, end) + "!/META-INF/MANIFEST.MF").openStream()) {
      Attributes attributes = new Manifest(file).getMainAttributes();
      return attributes.getValue("Bundle-Version");
    } catch (IOException unknown) {
      return null;
    }
  }
}
