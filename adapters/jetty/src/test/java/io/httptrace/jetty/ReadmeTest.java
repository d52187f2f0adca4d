package io.httptrace.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README says is so. */
final class ReadmeTest {
  private final String readme = read("README.md");

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file), UTF_8);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  @Test
  void whatItQuotesIsTheSample() {
    String sample = read("src/test/java/io/httptrace/jetty/JettySample.java");

    assertThat(between(readme, "```java\n", "```").strip())
        .isEqualTo(
            between(sample, "// @start region=\"program\"\n", "    // @end")
                .stripTrailing()
                .stripIndent());
  }

  @Test
  void theSamplePrintsWhatItShows() throws Exception {
    PrintStream standard = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (Site site = new Site();
        PrintStream caught = new PrintStream(printed, true, UTF_8)) {
      System.setOut(caught);
      JettySample.run("http://localhost:" + site.port() + "/");
    } finally {
      System.setOut(standard);
    }

    assertThat(pattern(printed.toString(UTF_8)))
        .isEqualTo(pattern(between(readme, "```\n" + "Timeline", "```").indent(0)))
        .contains("CONNECT DONE");
  }

  /** Without times and numbers, and from the first line's end on. */
  private static String pattern(String timeline) {
    return timeline
        .substring(timeline.indexOf('\n'))
        .replaceAll("[0-9.]+(ms|µs|s|ns)?", "N")
        .strip();
  }

  @Test
  void whatIsNotObservableIsSaid() {
    HookSupport support = JettyTracing.hookSupport();
    for (Hook hook : Hook.values()) {
      assertThat(readme.contains("`" + hook + "`"))
          .as(hook.toString())
          .isEqualTo(support.level(hook) != HookSupport.Level.EXACT);
    }
  }
}
