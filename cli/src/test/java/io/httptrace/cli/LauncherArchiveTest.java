package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.Launched.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the launcher has a JVM keep of its classes, with a JVM that only says how it was called, and
 * makes what it is asked to.
 */
final class LauncherArchiveTest {
  private static final String OF_17 = "launcher.jsa";
  private static final String OF_25 = "launcher.aot";

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      said=run
      for word; do
        case $word in
          -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*)
            said="make ${word%%=*}"
            [ -e "$ROOT/no-archive" ] || echo classes >"${word#*=}"
            echo 'JVM: [warning] what a JVM says when it makes one' >&2
            ;;
          -XX:SharedArchiveFile=* | -XX:AOTCache=*) said="use ${word%%=*} ${word##*/}" ;;
        esac
      done
      echo "$said" >>"$ROOT/calls"
      [ ! -e "$ROOT/no-archive" ] || [ "$said" = run ]
      """;

  @TempDir Path directory;
  private Launched launched;
  private Path target;

  @BeforeEach
  void makeTree() throws IOException {
    launched = Launched.in(directory);
    target = directory.resolve("cli/target");
    Files.setLastModifiedTime(
        target.resolve("launcher.stamp"), FileTime.from(Instant.now().minusSeconds(60)));
    Files.writeString(directory.resolve("jdk/bin/java"), JAVA);
    jvm("17.0.1");
  }

  private void jvm(String version) throws IOException {
    Files.writeString(
        directory.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\nSOURCE=\"a\"\n");
  }

  /** {@return how often and how java was called by a line of bash, which succeeds in silence} */
  private String callsOf(String line) throws IOException, InterruptedException {
    Files.deleteIfExists(directory.resolve("calls"));
    Ended ended = launched.run(line);
    assertThat(ended).isEqualTo(new Ended(0, "", ""));
    return Files.readString(directory.resolve("calls"));
  }

  @Test
  void theFirstRunMakesItAndAllRunsUseIt() throws Exception {
    assertThat(callsOf("httptrace; httptrace"))
        .isEqualTo(
            """
            make -XX:ArchiveClassesAtExit
            use -XX:SharedArchiveFile launcher.jsa
            use -XX:SharedArchiveFile launcher.jsa
            """);
    assertThat(target.resolve(OF_17)).hasContent("classes");
    assertThat(directory.resolve("cli/target"))
        .isDirectoryNotContaining("glob:**launcher.jsa.[0-9]*");
  }

  @Test
  void aNewerJvmHasOneOfItsOwn() throws Exception {
    callsOf("httptrace");
    jvm("25.0.1");

    assertThat(callsOf("httptrace; httptrace"))
        .isEqualTo(
            """
            make -XX:AOTCacheOutput
            use -XX:AOTCache launcher.aot
            use -XX:AOTCache launcher.aot
            """);
    assertThat(target.resolve(OF_25)).exists();

    jvm("17.0.1");
    assertThat(callsOf("httptrace")).isEqualTo("use -XX:SharedArchiveFile launcher.jsa\n");
  }

  @Test
  void isMadeAgainForAnotherJvmAndForAnotherBuild() throws Exception {
    callsOf("httptrace");
    jvm("17.0.2");
    assertThat(callsOf("httptrace")).startsWith("make ");
    assertThat(callsOf("httptrace")).startsWith("use ");

    Files.setLastModifiedTime(
        target.resolve("launcher.stamp"), FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(callsOf("httptrace")).startsWith("make ");
  }

  @Test
  void aJvmThatCannotMakeItIsNotAskedAgain() throws Exception {
    Files.writeString(directory.resolve("no-archive"), "");

    assertThat(callsOf("httptrace; httptrace"))
        .isEqualTo("make -XX:ArchiveClassesAtExit\nrun\nrun\n");
    assertThat(target.resolve(OF_17)).doesNotExist();
  }

  @Test
  void whereNothingCanBeWrittenItDoesWithout() throws Exception {
    Path lock = Files.createDirectory(target.resolve("launcher.archive.lock"));

    assertThat(callsOf("httptrace; httptrace")).isEqualTo("run\nrun\n");
    assertThat(lock).isDirectory();
  }

  @Test
  void severalFirstRunsAtATimeAllSucceed() throws Exception {
    assertThat(callsOf("for i in 1 2 3 4; do httptrace & done; wait").lines())
        .filteredOn(call -> !call.startsWith("make "))
        .hasSize(4);
    assertThat(callsOf("httptrace")).isEqualTo("use -XX:SharedArchiveFile launcher.jsa\n");
  }

  @Test
  void aJvmThatDoesNotDescribeItselfIsLeftAlone() throws Exception {
    Files.delete(directory.resolve("jdk/release"));

    assertThat(callsOf("httptrace")).isEqualTo("run\n");
  }

  @Test
  void toSayWhatItIsTakesNone() throws Exception {
    assertThat(
            callsOf(
                "httptrace --version; httptrace --help; httptrace --man; httptrace --completion zsh"))
        .isEqualTo("run\n".repeat(4));
  }
}
