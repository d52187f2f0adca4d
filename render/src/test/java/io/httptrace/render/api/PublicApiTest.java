package io.httptrace.render.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.httptrace.ClientTrace;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.render.TimelineJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That what others can compile against changes only together with its description in the docs. */
class PublicApiTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern EXPORTED = Pattern.compile("exports ([\\w.]+);");

  /** A module that is published. */
  enum Published {
    CORE(ClientTrace.class),
    CLIENT(TracingHttpClient.class),
    RENDER(TimelineJson.class),
    CONFORMANCE(ClientUnderTest.class);

    private final Class<?> inModule;

    Published(Class<?> inModule) {
      this.inModule = inModule;
    }

    String directory() {
      return name().toLowerCase(Locale.ROOT);
    }

    Set<String> packages() throws IOException {
      String module =
          Files.readString(ROOT.resolve(directory()).resolve("src/main/java/module-info.java"));
      return EXPORTED
          .matcher(module)
          .results()
          .map(match -> match.group(1))
          .collect(Collectors.toSet());
    }

    List<Class<?>> types() {
      return new ClassFileImporter()
          .importUrl(inModule.getProtectionDomain().getCodeSource().getLocation()).stream()
              .filter(type -> !type.getSimpleName().endsWith("-info"))
              .<Class<?>>map(JavaClass::reflect)
              .toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isWhatTheDocsSay(Published module) throws IOException {
    Path described = ROOT.resolve("docs/api/httptrace-" + module.directory() + ".txt");
    Path found = Path.of("target/api").resolve(described.getFileName());
    Files.createDirectories(found.getParent());
    Files.write(found, ApiDescription.of(module.types(), module.packages()));

    assertThat(found)
        .as(
            "the public API of %s has changed; if that is meant: cp render/%s docs/api/",
            module.directory(), found)
        .hasSameTextualContentAs(described);
  }
}
