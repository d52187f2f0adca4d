package io.httptrace.cli;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The class path of the tests, for a JVM of its own. */
final class TestClassPath {
  private TestClassPath() {}

  static String all() {
    return String.join(":", entries());
  }

  /** {@return the entries whose path has one of the texts} */
  static String with(String... texts) {
    return String.join(
        ":", entries().stream().filter(e -> Arrays.stream(texts).anyMatch(e::contains)).toList());
  }

  private static List<String> entries() {
    if (TestClassPath.class.getClassLoader() instanceof URLClassLoader loader) {
      return Stream.of(loader.getURLs())
          .map(URL::toString)
          .map(url -> Path.of(URI.create(url)).toString())
          .toList();
    }
    return List.of(System.getProperty("java.class.path").split(":", -1));
  }
}
