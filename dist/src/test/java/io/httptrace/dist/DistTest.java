package io.httptrace.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as others get it: unpacked where there is no JDK and no Maven, and as one jar. */
class DistTest {
  private static final Path ARCHIVE = Path.of(System.getProperty("dist.archive"));
  private static final Path JAR = Path.of(System.getProperty("dist.jar"));
  private static final String NAME = System.getProperty("dist.name");
  private static final String VERSION = NAME.substring("httptrace-".length());

  private static final Map<String, String> NOTHING =
      Map.of("PATH", "/nothing/is/here", "LC_ALL", "C.UTF-8");

  @TempDir private Path directory;

  @Test
  void theArchiveRunsWithNothingButItself() throws Exception {
    Path command = unpack("a place").resolve("bin/httptrace");

    assertShowsTwoRequests(run(NOTHING, "bash", command.toString()));
  }

  @Test
  void theFirstRunKeepsClassesForTheNext() throws Exception {
    Path unpacked = unpack("place");
    String command = unpacked.resolve("bin/httptrace").toString();
    Map<String, String> noOtherJava =
        Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", "/nothing/is/here");

    assertShowsTwoRequests(run(noOtherJava, command));
    try (Stream<Path> kept = Files.list(unpacked.resolve("cache"))) {
      assertThat(kept.map(file -> file.getFileName().toString()))
          .containsAnyOf("launcher.jsa", "launcher.aot");
    }
    assertShowsTwoRequests(run(noOtherJava, command));
  }

  @Test
  void theArchiveRunsThroughASymbolicLink() throws Exception {
    Path command = unpack("place").resolve("bin/httptrace");
    Path link = Files.createSymbolicLink(directory.resolve("httptrace"), command);

    assertThat(run(Map.of("PATH", System.getenv("PATH")), link.toString(), "--version"))
        .containsExactly("httptrace " + VERSION);
  }

  @Test
  void theArchiveHasTheLicencesOfWhatIsInside() throws Exception {
    Path unpacked = unpack("place");

    assertThat(unpacked.resolve("LICENSE")).content().contains("Apache License");
    assertThat(unpacked.resolve("NOTICE")).content().contains("OpenJDK", "Netty", "picocli");
    assertThat(unpacked.resolve("license/LICENSE.webbit.txt")).exists();
    assertThat(unpacked.resolve("license/LICENSE.asm.txt")).exists();
    assertThat(unpacked.resolve("runtime/legal/java.base/LICENSE")).exists();
  }

  @Test
  void theArchiveHasAManualPageAndCompletionForShells() throws Exception {
    Path share = unpack("place").resolve("share");

    assertThat(share.resolve("man/man1/httptrace.1"))
        .content()
        .startsWith(".TH \"HTTPTRACE\"")
        .contains("\"httptrace " + VERSION.replace("-", "\\-") + "\"");
    assertThat(share.resolve("zsh/site-functions/_httptrace"))
        .content()
        .startsWith("#compdef httptrace\n");
    assertThat(share.resolve("fish/vendor_completions.d/httptrace.fish"))
        .content()
        .contains("complete -c httptrace ");
    Path ofBash = share.resolve("bash-completion/completions/httptrace");
    assertThat(run(System.getenv(), "bash", "-c", ". '" + ofBash + "'; complete -p httptrace"))
        .containsExactly("complete -F _httptrace httptrace");
  }

  @Test
  void oneJarRuns() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    assertShowsTwoRequests(run(NOTHING, java, "-jar", JAR.toString()));
    assertThat(run(NOTHING, java, "-jar", JAR.toString(), "--version"))
        .containsExactly("httptrace " + VERSION);
  }

  @Test
  void theJarHasTheLicencesOfWhatIsInside() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .contains(
              "META-INF/LICENSE",
              "META-INF/NOTICE",
              "META-INF/license/LICENSE.asm.txt",
              "META-INF/license/LICENSE.boringssl.txt",
              "META-INF/license/LICENSE.webbit.txt")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void theArchiveAttachesToAnotherJvm() throws Exception {
    assertAttaches("bash", unpack("place").resolve("bin/httptrace").toString());
  }

  @Test
  void oneJarAttachesToAnotherJvm() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    assertAttaches(java, "-jar", JAR.toString());
  }

  private static void assertAttaches(String... httptrace) throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of(
                        WaitsForInput.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString(),
                WaitsForInput.class.getName())
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("waiting");
      List<String> command = new ArrayList<>(List.of(httptrace));
      command.addAll(List.of("attach", String.valueOf(other.pid())));
      Process attached = new ProcessBuilder(command).redirectErrorStream(true).start();
      List<String> lines = new ArrayList<>();
      try (BufferedReader reader = attached.inputReader()) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.add(line);
          if (line.startsWith("httptrace: attached to process ")) {
            other.getOutputStream().close();
          }
        }
      }
      assertThat(lines)
          .contains("httptrace: the JDK's client is traced")
          .endsWith("httptrace: process " + other.pid() + " is gone, 0 requests shown");
      assertThat(attached.waitFor()).isZero();
    } finally {
      other.destroyForcibly();
    }
  }

  private static void assertShowsTwoRequests(List<String> lines) {
    assertThat(lines)
        .anyMatch(line -> line.startsWith("tls "))
        .anyMatch(line -> line.startsWith("connection #1 new, "))
        .anyMatch(line -> line.startsWith("connection #1 reused"))
        .noneMatch(line -> line.contains("WARNING"));
  }

  private Path unpack(String name) throws IOException, InterruptedException {
    Path place = Files.createDirectory(directory.resolve(name));
    run(System.getenv(), "tar", "-xzf", ARCHIVE.toString(), "-C", place.toString());
    return place.resolve(NAME);
  }

  /** {@return what a program prints, which succeeds} */
  private static List<String> run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }
}
