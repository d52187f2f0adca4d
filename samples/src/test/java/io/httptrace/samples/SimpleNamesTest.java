package io.httptrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name of a class says which class is meant, wherever it is read. */
class SimpleNamesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NO_CLASSES = Set.of("package-info.java", "module-info.java");

  @Test
  void noSimpleNameIsUsedTwiceInMainCode() throws IOException {
    TreeMap<String, Set<String>> places = new TreeMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .map(ROOT::relativize)
          .filter(SimpleNamesTest::isMainClass)
          .forEach(
              file ->
                  places
                      .computeIfAbsent(file.getFileName().toString(), name -> new TreeSet<>())
                      .add(file.getParent().toString()));
    }

    assertThat(places).containsKey("ClientTrace.java").containsKey("TracingHttpClient.java");
    places.values().removeIf(at -> at.size() == 1);
    assertThat(places).isEmpty();
  }

  private static boolean isMainClass(Path file) {
    String path = "/" + file;
    return path.endsWith(".java")
        && path.contains("/src/main/java/")
        && !path.contains("/target/")
        && !NO_CLASSES.contains(file.getFileName().toString());
  }
}
