package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that makes requests all the time is watched, and goes on as if it were not. */
@Tag("attach")
final class AttachUnderLoadTest {
  private static final String LEGEND = "httptrace: d dns";

  /** No more than the agent keeps until they are shown, so that none may be left out. */
  private static final int MANY = 1000;

  private static final Pattern SHOWN =
      Pattern.compile("\\S+ (jdk|okhttp) +200 .* GET http://127\\.0\\.0\\.1:\\d+/(\\d+), .*");

  private final Site site = Site.of(head -> Site.ok("hello"));

  @TempDir private Path directory;
  private OtherProcess application;

  @BeforeEach
  void start() throws Exception {
    application = OtherProcess.java(WatchedApplication.class.getName());
  }

  @AfterEach
  void stop() {
    application.close();
    site.close();
  }

  @Test
  void ofManyRequestsAtOnceNoneIsMissing() throws Exception {
    try (OtherProcess command = OtherProcess.httptrace("attach", application.pid())) {
      command.errUntil(LEGEND);
      assertThat(application.ask("many " + MANY + " " + site.url("/"))).isEqualTo("" + MANY);

      List<String> shown = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        Matcher line = SHOWN.matcher(command.out());
        assertThat(line.matches()).as(line.toString()).isTrue();
        shown.add(line.group(1) + " " + line.group(2));
      }
      assertThat(shown)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, MANY)
                  .mapToObj(i -> WatchedApplication.client(i) + " " + i)
                  .toList());
      command.stop();
      List<String> said = command.errUntil("httptrace: detached");
      assertThat(said.get(said.size() - 1))
          .isEqualTo(
              "httptrace: detached from process %s, %d requests shown"
                  .formatted(application.pid(), MANY));
    }
  }

  @Test
  void comesAndGoesWhileRequestsAreMadeAndNoneFails() throws Exception {
    String url = site.url("/");
    application.ask("jdk " + url);
    application.ask("okhttp " + url);
    Probe probe = new Probe(application, directory);
    List<String> before = probe.classes();
    assertThat(application.ask("begin " + url)).isEqualTo("begun");
    for (int i = 0; i < 3; i++) {
      try (OtherProcess command = OtherProcess.httptrace("attach", application.pid())) {
        command.errUntil(LEGEND);
        assertThat(clients(command, 2)).containsExactly("jdk", "okhttp");
        command.stop();
        assertThat(command.errUntil("httptrace: detached")).isNotEmpty();
        command.exitCode();
      }
    }

    assertThat(application.ask("finish")).isEqualTo("0 failed");
    probe.awaitClasses(before);
  }

  /** The clients whose requests are shown, until there are so many. */
  private static Set<String> clients(OtherProcess command, int count) throws Exception {
    Set<String> clients = new TreeSet<>();
    while (clients.size() < count) {
      clients.add(command.out().split(" ", 3)[1]);
    }
    return clients;
  }
}
