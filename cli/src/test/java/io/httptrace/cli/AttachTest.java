package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests of a JVM that was started without any flag, watched from another one. */
@Tag("attach")
final class AttachTest {
  private static final String APPLICATION = WatchedApplication.class.getName();
  private static final String LEGEND = "httptrace: d dns";

  private final Site site = Site.of(head -> Site.ok("hello"));

  @TempDir private Path directory;
  private OtherProcess application;
  private Probe probe;

  @BeforeEach
  void start() throws Exception {
    application = OtherProcess.java(APPLICATION);
    probe = new Probe(application, directory);
  }

  @AfterEach
  void stop() {
    application.close();
    site.close();
  }

  @Test
  void showsTheRequestsOfTwoClientsAndLeavesTheJvmAsItWas() throws Exception {
    String url = site.url("/a?key=secret");
    assertThat(application.ask("jdk " + url)).isEqualTo("hello");
    assertThat(application.ask("okhttp " + url)).isEqualTo("hello");
    List<String> before = probe.classes();

    try (OtherProcess command = OtherProcess.httptrace("attach", application.pid())) {
      List<String> notes = command.errUntil(LEGEND);
      assertThat(notes.get(0))
          .isEqualTo(
              "httptrace: attached to process %s (%s), Java %s; Ctrl-C detaches"
                  .formatted(application.pid(), APPLICATION, System.getProperty("java.version")));
      assertThat(notes.subList(1, notes.size() - 1))
          .hasSize(2)
          .satisfies(
              lines -> {
                assertThat(lines.get(0)).isEqualTo("httptrace: the JDK's client is traced");
                assertThat(lines.get(1)).matches("httptrace: OkHttp 5\\.\\S+ is traced .*");
              });
      assertThat(probe.classes()).isNotEqualTo(before);

      assertThat(application.ask("jdk " + url)).isEqualTo("hello");
      assertThat(command.out()).matches(line("jdk", 200, "GET " + masked(url)));
      assertThat(application.ask("okhttp " + url)).isEqualTo("hello");
      assertThat(command.out()).matches(line("okhttp", 200, "GET " + masked(url)));

      command.stop();
      assertThat(command.err())
          .isEqualTo(
              "httptrace: detached from process " + application.pid() + ", 2 requests shown");
      assertThat(command.exitCode()).isEqualTo(128 + 15);
    }

    probe.awaitClasses(before);
    assertThat(application.ask("jdk " + url)).isEqualTo("hello");
    assertThat(application.ask("okhttp " + url)).isEqualTo("hello");
    assertThat(site.server().accepted()).as("connections, each used all the time").isEqualTo(2);
  }

  /** Parts of it that differ from run to run: the time, the duration, and the bar. */
  private static String line(String client, int status, String request) {
    return "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} %-6s %d +\\d+\\.\\d{3} ms \\[[ dc>.<]{20}\\] \\Q%s, HTTP/1.1 #1 reused\\E"
        .formatted(client, status, request);
  }

  private static String masked(String url) {
    return url.replace("secret", "***");
  }

  @Test
  void writesTimelinesAsJson() throws Exception {
    try (OtherProcess command =
        OtherProcess.httptrace("attach", "--format", "jsonl", application.pid())) {
      command.errUntil("httptrace: the JDK's client");
      assertThat(application.ask("jdk " + site.url("/?key=secret"))).isEqualTo("hello");

      assertThat(command.out())
          .startsWith("{\"schema\":\"httptrace/2\",\"startedAt\":")
          .contains("\"uri\":\"" + site.url("/?key=***") + "\"", "\"outcome\":\"completed\"")
          .doesNotContain("secret")
          .endsWith(",\"client\":\"jdk\"}");
    }
  }

  @Test
  void showsSecretsIfAsked() throws Exception {
    try (OtherProcess command =
        OtherProcess.httptrace("attach", "--show-secrets", application.pid())) {
      command.errUntil(LEGEND);
      assertThat(application.ask("jdk " + site.url("/?key=secret"))).isEqualTo("hello");

      assertThat(command.out()).contains("/?key=secret, HTTP/1.1 #1 new");
    }
  }

  @Test
  void whenTheCommandIsKilledTheAgentTakesItselfOut() throws Exception {
    String url = site.url("/");
    application.ask("jdk " + url);
    application.ask("okhttp " + url);
    List<String> before = probe.classes();
    try (OtherProcess command = OtherProcess.httptrace("attach", application.pid())) {
      command.errUntil(LEGEND);
      command.kill();
      command.exitCode();
    }

    probe.awaitClasses(before);
    assertThat(application.ask("jdk " + url)).isEqualTo("hello");
    assertThat(application.ask("okhttp " + url)).isEqualTo("hello");
  }

  @Test
  void canBeRepeated() throws Exception {
    for (int i = 1; i <= 3; i++) {
      try (OtherProcess command = OtherProcess.httptrace("attach", application.pid())) {
        command.errUntil(LEGEND);
        application.ask("okhttp " + site.url("/" + i));
        assertThat(command.out()).contains(" okhttp 200 ", "/" + i + ", ");
        command.stop();
        command.exitCode();
      }
    }
  }

  @Test
  void saysThatAFailureIsOne() throws Exception {
    try (OtherProcess command = OtherProcess.httptrace("attach", application.pid())) {
      command.errUntil(LEGEND);
      site.close();
      application.ask("try-jdk " + site.url("/"));

      assertThat(command.out()).contains(" jdk ", " - ", "failed in connect");
    }
  }

  @Test
  void whatAClassLoaderHasLaterIsTracedToo() throws Exception {
    try (OtherProcess command = OtherProcess.httptrace("attach", application.pid())) {
      command.errUntil(LEGEND);
      String classPath = TestClassPath.with("okhttp", "okio", "kotlin", "test");
      assertThat(application.ask("other-okhttp " + classPath + " " + site.url("/")))
          .isEqualTo("hello");

      assertThat(command.err())
          .matches("httptrace: OkHttp 5\\.\\S+ is traced \\(class loader other\\)");
      assertThat(command.out()).contains(" okhttp 200 ", site.url("/") + ", HTTP/1.1 #1 new");
    }
  }

  @Test
  void aVersionThatIsTooOldIsNamed() throws Exception {
    try (OtherProcess command = OtherProcess.httptrace("attach", application.pid())) {
      command.errUntil(LEGEND);
      String classPath =
          System.getProperty("okhttp.too.old") + ":" + TestClassPath.with("okio", "kotlin", "test");
      assertThat(application.ask("other-okhttp " + classPath + " " + site.url("/")))
          .isEqualTo("hello");

      assertThat(command.err())
          .isEqualTo(
              "httptrace: OkHttp is not traced: httptrace needs OkHttp 5.4 or newer, and this is"
                  + " 5.3.2 (class loader other)");
    }
  }

  @Test
  void oneAtATime() throws Exception {
    try (OtherProcess command = OtherProcess.httptrace("attach", application.pid())) {
      command.errUntil(LEGEND);

      CommandRun.Ended second = CommandRun.of("attach", application.pid());
      assertThat(second.exitCode().number()).isEqualTo(2);
      assertThat(second.err())
          .isEqualTo(
              "httptrace: process %s: it is watched already, by process %s\n"
                  .formatted(application.pid(), command.pid()));
    }
  }

  @Test
  void endsWithTheJvm() throws Exception {
    try (OtherProcess command = OtherProcess.httptrace("attach", application.pid())) {
      command.errUntil(LEGEND);
      application.endInput();

      assertThat(command.err())
          .isEqualTo("httptrace: process " + application.pid() + " is gone, 0 requests shown");
      assertThat(command.exitCode()).isZero();
    }
  }

  @Test
  void aJvmIsFoundByTheNameOfItsJar() throws Exception {
    String name = "shop-" + application.pid() + ".jar"; // no other JVM has one of this name
    Path jar = directory.resolve(name);
    writeJar(jar);
    try (OtherProcess shop = OtherProcess.java("-jar", jar.toString())) {
      shop.ask("threads");
      try (OtherProcess command = OtherProcess.httptrace("attach", name)) {
        assertThat(command.errUntil(LEGEND).get(0))
            .startsWith("httptrace: attached to process " + shop.pid() + " (" + jar + "), Java ");
      }
    }
  }

  private static void writeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, APPLICATION);
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Arrays.stream(TestClassPath.all().split(":", -1))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  @Test
  void whenItCannotWriteAnyMoreItDetaches() throws Exception {
    Redirect full = Redirect.to(new File("/dev/full"));
    try (OtherProcess command = OtherProcess.httptrace(full, "attach", application.pid())) {
      command.errUntil(LEGEND);
      assertThat(application.ask("jdk " + site.url("/"))).isEqualTo("hello");

      assertThat(command.errUntil("httptrace: cannot write to standard output: ").get(0))
          .startsWith("httptrace: detached from process " + application.pid() + ", ");
      assertThat(command.exitCode()).isEqualTo(23);
    }
    assertThat(application.ask("jdk " + site.url("/"))).isEqualTo("hello");
  }
}
