package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.Launched.Ended;
import io.httptrace.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When the launcher builds the command, and what it says meanwhile, with a Maven that only talks.
 */
final class LauncherBuildTest {
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      printf '%s ' "$@" >>"$ROOT/builds"
      cat "$ROOT/says"
      [ ! -e "$ROOT/fails" ]
      """;

  private static final String SAYS =
      """
      [INFO] Scanning for projects...
      [INFO] Downloading from central: a
      [INFO] Downloaded from central: a (1 kB at 2 kB/s)
      [INFO] -------------------< io.httptrace:httptrace-core >--------------------
      [INFO] Building httptrace core 0.1.0-SNAPSHOT                             [1/2]
      [INFO] Downloaded from central: b (1 kB at 2 kB/s)
      [INFO] Building jar: /x/core.jar
      [INFO] Building httptrace cli 0.1.0-SNAPSHOT                              [2/2]
      [ERROR] what is wrong
      [INFO] BUILD
      """;

  private static final String BEGIN =
      "httptrace: building the command, once; this takes a minute or more\n";

  @TempDir Path directory;
  private Launched launched;

  @BeforeEach
  void makeTree() throws IOException {
    launched = Launched.in(directory);
    program("jdk/bin/java", "#!/usr/bin/env bash\necho ran\n");
    program("bin/mvn", MAVEN);
    Files.writeString(directory.resolve("says"), SAYS);
  }

  private void program(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Ended run(String line) throws Exception {
    return launched.run("PATH=$ROOT/bin:$PATH\n" + line);
  }

  private Path stamp() {
    return directory.resolve("cli/target/launcher.stamp");
  }

  @Test
  void theFirstRunSaysWhichModuleIsBuiltAndOnlyItBuilds() throws Exception {
    Files.delete(stamp());

    assertThat(run("httptrace; httptrace"))
        .isEqualTo(
            new Ended(
                0,
                "ran\nran\n",
                BEGIN
                    + "httptrace: building 1 of 2: core, 1 file fetched\n"
                    + "httptrace: building 2 of 2: cli, 2 files fetched\n"));
    assertThat(directory.resolve("builds"))
        .hasContent(
            "-B -Dstyle.color=never -pl cli -am package -Dmaven.test.skip=true"
                + " -Dspotless.check.skip=true ");
    assertThat(directory.resolve("cli/target/launcher.log")).hasContent(SAYS);
  }

  @Test
  void whileItFetchesMuchItSaysSoNowAndThen() throws Exception {
    Files.delete(stamp());
    Files.writeString(directory.resolve("says"), "Downloaded from central: a\n".repeat(250));

    assertThat(run("httptrace").err())
        .isEqualTo(
            BEGIN
                + "httptrace: preparing, 100 files fetched\n"
                + "httptrace: preparing, 200 files fetched\n");
  }

  @Test
  void onATerminalOneLineIsWrittenOverAndThenGone() throws Exception {
    Files.delete(stamp());
    Ended ended = run("TERM=xterm script -qec '\"$ROOT/httptrace\"' /dev/null </dev/null");

    assertThat(ended.out().replace("\r\n", "\n"))
        .isEqualTo(
            BEGIN
                + "\r\u001b[Khttptrace: preparing, 1 file fetched"
                + "\r\u001b[Khttptrace: building 1 of 2: core, 1 file fetched"
                + "\r\u001b[Khttptrace: building 1 of 2: core, 2 files fetched"
                + "\r\u001b[Khttptrace: building 2 of 2: cli, 2 files fetched"
                + "\r\u001b[Kran\n");
  }

  @Test
  void aBuildThatFailsShowsItsErrorsOnly() throws Exception {
    Files.delete(stamp());
    Files.writeString(directory.resolve("fails"), "");
    Ended ended = run("httptrace");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.INTERNAL.number());
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .endsWith(
            "\n[ERROR] what is wrong\nhttptrace: the build failed; what Maven said is in "
                + directory.toRealPath().resolve("cli/target/launcher.log")
                + "\n")
        .doesNotContain("[INFO]");
    assertThat(stamp()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "exporters/pom.xml",
        "core/src/main/A.java",
        "client/pom.xml",
        "render/src/main/A.java",
        "exporters/har/src/main/A.java",
        "exporters/html/pom.xml",
        "adapters/okhttp/src/main/A.java",
        "attach/pom.xml",
        "cli/src/main/A.java"
      })
  void buildsAgainAfterAChange(String name) throws Exception {
    assertThat(run("httptrace").err()).isEmpty();

    change(name);

    assertThat(run("httptrace").err()).startsWith(BEGIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cli/src/test/A.java", "adapters/apache/src/main/A.java", "README.md"})
  void doesNotBuildAfterAChangeOfWhatItDoesNotNeed(String name) throws Exception {
    change(name);

    assertThat(run("httptrace").err()).isEmpty();
  }

  private void change(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setLastModifiedTime(stamp(), FileTime.from(Instant.now().minusSeconds(60)));
  }
}
