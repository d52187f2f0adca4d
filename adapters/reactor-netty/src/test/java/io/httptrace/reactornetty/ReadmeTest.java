package io.httptrace.reactornetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.Hook;
import io.httptrace.HookSupport.Level;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  private static String region(String sample, String name) {
    String text = read("src/test/java/io/httptrace/reactornetty/" + sample + ".java");
    return between(text, "// @start region=\"" + name + "\"\n", "    // @end")
        .stripTrailing()
        .stripIndent();
  }

  @Test
  void whatItQuotesIsInTheSamples() {
    String second = readme.substring(readme.indexOf("```java\n") + 1);

    assertThat(between(readme, "```java\n", "```").strip())
        .isEqualTo(region("ReactorSample", "program"));
    assertThat(between(second, "```java\n", "```").strip())
        .isEqualTo(region("WebClientSample", "webclient"));
  }

  /** The timeline is printed on the event loop, perhaps after the caller has the body. */
  @Test
  void theSamplePrintsWhatItShows() throws Exception {
    PrintStream standard = System.out;
    CompletableFuture<String> printed = new CompletableFuture<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PathServer site = new PathServer();
        PrintStream caught =
            new PrintStream(bytes, true, UTF_8) {
              @Override
              public void println(Object line) {
                super.println(line);
                printed.complete(bytes.toString(UTF_8));
              }
            }) {
      System.setOut(caught);
      ReactorSample.run("http://localhost:" + site.port() + "/");
      String shown = printed.get(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(pattern(shown))
          .isEqualTo(pattern(between(readme, "```\n" + "Timeline", "```").indent(0)))
          .contains("CONNECT DONE");
    } finally {
      System.setOut(standard);
    }
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
    String levels = readme.substring(readme.indexOf("Never called:"));
    for (Hook hook : Hook.values()) {
      Level http2 = ReactorNettyTracing.hookSupportOverHttp2().level(hook);
      assertThat(said(levels, hook)).as(hook.toString()).isEqualTo(http2);
      assertThat(ReactorNettyTracing.hookSupport().level(hook))
          .as(hook + " over HTTP/1.1")
          .isEqualTo(http2 == Level.APPROXIMATE ? Level.EXACT : http2);
    }
    assertThat(levels).contains("Approximate over HTTP/2:");
  }

  /** {@return the level that is named last before a hook is} */
  private static Level said(String text, Hook hook) {
    int at = text.indexOf("`" + hook + "`");
    if (at < 0) {
      return Level.EXACT;
    }
    String before = text.substring(0, at);
    Map<Level, Integer> named =
        Map.of(
            Level.NEVER,
            before.lastIndexOf("Never"),
            Level.STAMPED,
            before.lastIndexOf("Late"),
            Level.APPROXIMATE,
            before.lastIndexOf("Approximate"));
    return Collections.max(named.entrySet(), Map.Entry.comparingByValue()).getKey();
  }
}
