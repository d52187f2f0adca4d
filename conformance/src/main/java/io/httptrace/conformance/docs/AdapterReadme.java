package io.httptrace.conformance.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.HookSupport.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code README.md} of an adapter, which shows a program and the timeline it prints, and says
 * which hooks are not exact. For tests in the adapter's module; immutable.
 */
public final class AdapterReadme {
  private static final String SHOWN = "```\nTimeline";
  private static final Pattern LEVEL =
      Pattern.compile("\\b(never|late|approximate)\\b", Pattern.CASE_INSENSITIVE);

  private final String text;
  private final Path samples;

  AdapterReadme(String text, Path samples) {
    this.text = text;
    this.samples = samples;
  }

  /**
   * {@return the README of the module that is being tested}
   *
   * <p>The module is in the directory that the system property {@code basedir} names, as Maven sets
   * it, or else in the working directory.
   *
   * @param test a class of its tests; the samples that the README quotes are beside it
   * @throws UncheckedIOException if there is none
   */
  public static AdapterReadme of(Class<?> test) {
    Path module = Path.of(System.getProperty("basedir", "."));
    Path samples = module.resolve("src/test/java/" + test.getPackageName().replace('.', '/'));
    try {
      return new AdapterReadme(Files.readString(module.resolve("README.md"), UTF_8), samples);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** {@return the whole text} */
  public String text() {
    return text;
  }

  /**
   * Asserts that its blocks of Java are these regions of samples, in this order, and no others.
   *
   * @param marks what each quotes, as {@code Sample#region}; see {@link Quote}
   * @throws IOException if a sample cannot be read
   */
  public void assertQuotes(String... marks) throws IOException {
    List<String> regions = new ArrayList<>();
    for (String mark : marks) {
      regions.add(Quote.region(samples, mark));
    }
    assertThat(Quote.of(text.lines().toList()))
        .extracting(Quote::text)
        .containsExactlyElementsOf(regions);
  }

  /**
   * Asserts that a timeline has the shape of the one that is shown: the same lines but the first,
   * which has the date, apart from numbers and times.
   *
   * @param printed what the program of the README has printed
   * @param phases what must be in it, such as {@code CONNECT DONE}; at least one
   */
  public void assertShows(String printed, String... phases) {
    if (phases.length == 0) {
      throw new IllegalArgumentException("no phases");
    }
    int start = indexOf(SHOWN, 0) + "```\n".length();
    String shown = text.substring(start, indexOf("\n```", start));
    assertThat(shape(printed)).isEqualTo(shape(shown)).contains(phases);
  }

  private static String shape(String timeline) {
    int first = timeline.indexOf('\n');
    return first < 0
        ? "nothing after the first line: " + timeline
        : timeline.substring(first).replaceAll("[0-9.]+(ms|µs|s|ns)?", "N").strip();
  }

  /**
   * Asserts that the hooks it names, in code font, are those that are not exact.
   *
   * @param supports what is told of the hooks; a hook is exact if it is so in each
   */
  public void assertNamesWhatIsNotExact(HookSupport... supports) {
    Set<Hook> named = EnumSet.noneOf(Hook.class);
    Set<Hook> expected = EnumSet.noneOf(Hook.class);
    for (Hook hook : Hook.values()) {
      if (text.contains(code(hook))) {
        named.add(hook);
      }
      if (Arrays.stream(supports).anyMatch(support -> support.level(hook) != Level.EXACT)) {
        expected.add(hook);
      }
    }
    assertThat(named).as("the hooks that are named").isEqualTo(expected);
  }

  /**
   * Asserts what its last passage says of each hook. It is the level that is named last before the
   * hook in code font: {@code never}, {@code late} or {@code approximate}, in upper or lower case;
   * a hook that is not named is exact.
   *
   * @param support what is to be said
   * @param start how the passage begins
   */
  public void assertLevels(HookSupport support, String start) {
    assertLevels(support, indexOf(start, 0), text.length());
  }

  /**
   * Asserts what a passage says of each hook, as {@link #assertLevels(HookSupport, String)} does.
   *
   * @param support what is to be said
   * @param start how the passage begins
   * @param next how what follows it begins
   */
  public void assertLevels(HookSupport support, String start, String next) {
    int from = indexOf(start, 0);
    assertLevels(support, from, indexOf(next, from));
  }

  private void assertLevels(HookSupport support, int from, int to) {
    String passage = text.substring(from, to);
    Map<Hook, Level> said = new EnumMap<>(Hook.class);
    Map<Hook, Level> expected = new EnumMap<>(Hook.class);
    for (Hook hook : Hook.values()) {
      said.put(hook, said(passage, hook));
      expected.put(hook, support.level(hook));
    }
    assertThat(said).as("%s", passage).isEqualTo(expected);
  }

  private static Level said(String passage, Hook hook) {
    int at = passage.indexOf(code(hook));
    if (at < 0) {
      return Level.EXACT;
    }
    String last = "";
    Matcher levels = LEVEL.matcher(passage).region(0, at);
    while (levels.find()) {
      last = levels.group();
    }
    return switch (last.toLowerCase(Locale.ROOT)) {
      case "never" -> Level.NEVER;
      case "late" -> Level.STAMPED;
      case "approximate" -> Level.APPROXIMATE;
      default -> throw new AssertionError("no level before " + hook + " in " + passage);
    };
  }

  private static String code(Hook hook) {
    return "`" + hook.methodName() + "`";
  }

  private int indexOf(String part, int from) {
    int at = text.indexOf(requireNonNull(part, "part"), from);
    if (at < 0) {
      throw new AssertionError("there is no " + part.strip() + " in " + text);
    }
    return at;
  }
}
